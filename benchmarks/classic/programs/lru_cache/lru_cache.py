"""A cache that forgets what was not used for the longest time."""


class Link:
    """An entry of the cache in the ring of all entries."""

    def __init__(self, key=None, value=None):
        self.key = key
        self.value = value
        self.before = self.after = self


class LRUCache:
    """Keeps up to `capacity` entries; the ring holds them from the latest to the oldest."""

    def __init__(self, capacity):
        if capacity < 1:
            raise ValueError("the capacity must be 1 or more")
        self.capacity = capacity
        self.hits = 0
        self.misses = 0
        self._links = {}
        self._ring = Link()

    def __len__(self):
        return len(self._links)

    def __contains__(self, key):
        return key in self._links

    def get(self, key, default=None):
        """The value of a key, which becomes the latest; counts hits and misses."""
        link = self._links.get(key)
        if link is None:
            self.misses += 1
            return default
        self.hits += 1
        self._unlink(link)
        self._link_first(link)
        return link.value

    def put(self, key, value):
        """Sets a value; returns the key that was dropped for it, if any."""
        dropped = None
        if key in self._links:
            self._unlink(self._links[key])
        elif len(self._links) == self.capacity:
            oldest = self._ring.before
            self._unlink(oldest)
            del self._links[oldest.key]
            dropped = oldest.key
        link = Link(key, value)
        self._links[key] = link
        self._link_first(link)
        return dropped

    def keys(self):
        """All keys, the latest first."""
        result = []
        link = self._ring.after
        while link is not self._ring:
            result.append(link.key)
            link = link.after
        return result

    def hit_rate(self):
        """The share of `get` calls that found their key; 0.0 before the first."""
        calls = self.hits + self.misses
        return self.hits / calls if calls else 0.0

    def _unlink(self, link):
        link.before.after = link.after
        link.after.before = link.before

    def _link_first(self, link):
        link.before, link.after = self._ring, self._ring.after
        link.after.before = link
        self._ring.after = link
