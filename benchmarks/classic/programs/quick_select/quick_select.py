"""Order statistics by quickselect, with median-of-three pivots."""


def partition(values, low, high):
    """Partitions `values[low..high]` in place around a pivot and returns the pivot's index.

    Everything left of the index is smaller than the pivot, nothing right of it is.
    """
    middle = (low + high) // 2
    pivot_at = sorted((low, middle, high), key=lambda i: values[i])[1]
    values[pivot_at], values[high] = values[high], values[pivot_at]
    pivot = values[high]
    store = low
    for i in range(low, high):
        if values[i] < pivot:
            values[i], values[store] = values[store], values[i]
            store += 1
    values[store], values[high] = values[high], values[store]
    return store


def select(values, rank):
    """The item of the given rank, 0 being the smallest. Raises IndexError out of range."""
    if not 0 <= rank < len(values):
        raise IndexError(f"rank {rank} of {len(values)} values")
    work = list(values)
    low, high = 0, len(work) - 1
    while low < high:
        at = partition(work, low, high)
        if at == rank:
            break
        if at < rank:
            low = at + 1
        else:
            high = at - 1
    return work[rank]


def median(values):
    """The middle value, or the mean of the two middle ones. Raises ValueError when empty."""
    if not values:
        raise ValueError("no median of nothing")
    half = len(values) // 2
    if len(values) % 2 == 1:
        return select(values, half)
    return (select(values, half - 1) + select(values, half)) / 2


def smallest(values, count):
    """The `count` smallest values in ascending order; all of them when there are fewer."""
    if count <= 0:
        return []
    if count >= len(values):
        return sorted(values)
    limit = select(values, count - 1)
    below = sorted(v for v in values if v < limit)
    return below + [limit] * (count - len(below))
