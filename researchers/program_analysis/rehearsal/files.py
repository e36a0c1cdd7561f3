"""`pathlib` and `open` for rehearsed code: files in memory, in folders that tests ask for.

It is rehearsed source, and reaches nothing of the machine. Of files elsewhere nothing is known.
"""

PATHLIB = """
import fnmatch
import io

_ROOT = "/rehearsed"
_FILES = {}
_FOLDERS = {_ROOT}
_COUNT = [0]


def _temporary():
    _COUNT[0] += 1
    made = Path(_ROOT, str(_COUNT[0]))
    made.mkdir()
    return made


def _known(path):
    text = str(path)
    if ".." in text or not (text == _ROOT or text.startswith(_ROOT + "/")):
        input()
    return text


def _open(path, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True):
    text = _known(path)
    if text in _FOLDERS:
        raise IsADirectoryError(text)
    if "x" in mode and text in _FILES:
        raise FileExistsError(text)
    if "r" in mode and text not in _FILES:
        raise FileNotFoundError(2, "No such file or directory", text)
    if "r" not in mode and text.rpartition("/")[0] not in _FOLDERS:
        raise FileNotFoundError(2, "No such file or directory", text)
    return _File(text, mode, encoding or "utf-8")


class _File:
    def __init__(self, name, mode, encoding):
        self.name, self.mode, self.encoding, self.closed = name, mode, encoding, False
        self._writes = any(sign in mode for sign in "wax+")
        held = b"" if "w" in mode or "x" in mode else _FILES.get(name, b"")
        if "b" in mode:
            self._stream = io.BytesIO(held)
        else:
            self._stream = io.StringIO(held.decode(encoding))
        if "a" in mode:
            self._stream.seek(0, 2)
        if self._writes:
            self.flush()

    def flush(self):
        if self._writes:
            told = self._stream.getvalue()
            _FILES[self.name] = told if "b" in self.mode else told.encode(self.encoding)

    def read(self, *size):
        return self._stream.read(*size)

    def readline(self):
        return self._stream.readline()

    def readlines(self):
        return self._stream.readlines()

    def write(self, told):
        return self._stream.write(told)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def seek(self, *place):
        return self._stream.seek(*place)

    def tell(self):
        return self._stream.tell()

    def close(self):
        if not self.closed:
            self.flush()
            self.closed = True

    def __iter__(self):
        return iter(self._stream.readlines())

    def __enter__(self):
        return self

    def __exit__(self, *ended):
        self.close()


class PurePath:
    def __init__(self, *given):
        text = ""
        for part in given:
            told = str(part)
            text = told if told.startswith("/") or not text else text + "/" + told
        steps = [step for step in text.split("/") if step not in ("", ".")]
        self._text = ("/" if text.startswith("/") else "") + "/".join(steps) or "."

    def __str__(self):
        return self._text

    def __fspath__(self):
        return self._text

    def __repr__(self):
        return f"PosixPath({self._text!r})"

    def __eq__(self, other):
        return self._text == other._text if isinstance(other, PurePath) else NotImplemented

    def __hash__(self):
        return hash(self._text)

    def __lt__(self, other):
        return self.parts < other.parts

    def __truediv__(self, other):
        return type(self)(self, other)

    def __rtruediv__(self, other):
        return type(self)(other, self)

    def joinpath(self, *others):
        return type(self)(self, *others)

    def as_posix(self):
        return self._text

    @property
    def parts(self):
        steps = tuple(step for step in self._text.split("/") if step not in ("", "."))
        return ("/", *steps) if self._text.startswith("/") else steps

    @property
    def name(self):
        return "" if self._text in (".", "/") else self._text.rpartition("/")[2]

    @property
    def suffix(self):
        stem, dot, last = self.name.rpartition(".")
        return dot + last if stem and last else ""

    @property
    def suffixes(self):
        return ["." + part for part in self.name.lstrip(".").split(".")[1:]]

    @property
    def stem(self):
        return self.name.removesuffix(self.suffix)

    @property
    def parent(self):
        above = self._text.rpartition("/")[0]
        return type(self)(above or ("/" if self._text.startswith("/") else "."))

    @property
    def parents(self):
        found, here = [], self
        while here.parent != here:
            here = here.parent
            found.append(here)
        return tuple(found)

    def is_absolute(self):
        return self._text.startswith("/")

    def with_name(self, name):
        return self.parent / name

    def with_suffix(self, suffix):
        return self.parent / (self.stem + suffix)

    def with_stem(self, stem):
        return self.parent / (stem + self.suffix)

    def is_relative_to(self, other):
        above = type(self)(other).parts
        return self.parts[: len(above)] == above

    def relative_to(self, other):
        if not self.is_relative_to(other):
            raise ValueError(f"{str(self)!r} is not in the subpath of {str(other)!r}")
        return type(self)(*self.parts[len(type(self)(other).parts):])

    def match(self, pattern):
        return fnmatch.fnmatchcase(self.name, pattern)


class Path(PurePath):
    def exists(self):
        return _known(self) in _FILES or str(self) in _FOLDERS

    def is_file(self):
        return _known(self) in _FILES

    def is_dir(self):
        return _known(self) in _FOLDERS

    def resolve(self, strict=False):
        _known(self)
        return self

    absolute = resolve

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        text = _known(self)
        if self.exists():
            if not exist_ok or text in _FILES:
                raise FileExistsError(text)
            return
        if str(self.parent) not in _FOLDERS:
            if not parents:
                raise FileNotFoundError(text)
            self.parent.mkdir(parents=True, exist_ok=True)
        _FOLDERS.add(text)

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        return _open(self, mode, encoding=encoding)

    def read_text(self, encoding=None, errors=None):
        with self.open(encoding=encoding) as file:
            return file.read()

    def read_bytes(self):
        with self.open("rb") as file:
            return file.read()

    def write_text(self, told, encoding=None, errors=None, newline=None):
        with self.open("w", encoding=encoding) as file:
            return file.write(told)

    def write_bytes(self, told):
        with self.open("wb") as file:
            return file.write(told)

    def touch(self, mode=0o666, exist_ok=True):
        self.open("a").close()

    def unlink(self, missing_ok=False):
        if _FILES.pop(_known(self), None) is None and not missing_ok:
            raise FileNotFoundError(str(self))

    def rename(self, other):
        _FILES[_known(other)] = _FILES.pop(_known(self))
        return Path(other)

    replace = rename

    def iterdir(self):
        text = _known(self)
        if text not in _FOLDERS:
            raise FileNotFoundError(text)
        return iter([Path(one) for one in [*_FILES, *_FOLDERS] if one.rpartition("/")[0] == text])

    def glob(self, pattern):
        if "/" in pattern:
            input()
        return iter([one for one in self.iterdir() if one.match(pattern)])

    def rglob(self, pattern):
        found = [Path(one) for one in [*_FILES, *_FOLDERS] if one.startswith(_known(self) + "/")]
        return iter([one for one in found if one.match(pattern)])


PurePosixPath = PosixPath = Path
"""
