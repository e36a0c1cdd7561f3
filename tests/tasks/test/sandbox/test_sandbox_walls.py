"""Attacks on what lies outside: files, network, processes, privileges. Each has to fail."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import uuid

import pytest

from tasks.errors import PredictError
from tasks.test.sandbox import Job, read_output

TRY = """
import sys
def attempt(action):
    try:
        print("got", action())
    except OSError as error:
        print("refused", error.errno)
"""


def test_tcp_does_not_reach_the_host(arena, open_arena):
    code = TRY + (
        "import socket\nport = int(sys.argv[1])\n"
        "attempt(lambda: socket.create_connection(('127.0.0.1', port), 2).getpeername())"
    )
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        assert arena.says(code, port).startswith("refused")
        assert open_arena().says(code, port).startswith("got")


def test_udp_does_not_reach_the_host(arena, open_arena):
    code = TRY + (
        "import socket\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
        "attempt(lambda: s.sendto(b'leak', ('127.0.0.1', int(sys.argv[1]))))"
    )
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(0.3)
        port = str(server.getsockname()[1])
        arena.says(code, port)
        with pytest.raises(TimeoutError):
            server.recv(10)
        open_arena().says(code, port)
        assert server.recv(10) == b"leak"


def test_no_route_and_no_names(arena):
    code = TRY + (
        "import socket\n"
        "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
        "attempt(lambda: s.connect(('192.0.2.1', 53)))\n"
        "attempt(lambda: socket.getaddrinfo('example.com', 80))"
    )
    assert [line.split()[0] for line in arena.says(code).splitlines()] == ["refused", "refused"]


def test_unix_sockets_of_the_host_are_out_of_reach(arena, open_arena):
    name = f"\0whetstone-{uuid.uuid4().hex}"
    code = TRY + (
        "import socket\ns = socket.socket(socket.AF_UNIX)\n"
        "attempt(lambda: s.connect(sys.argv[1].replace('@', chr(0))))"
    )
    path = arena.root / "s"
    for address in (name, str(path)):
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(address)
            server.listen()
            argument = address.replace("\0", "@")
            assert arena.says(code, argument).startswith("refused")
            assert open_arena().says(code, argument).startswith("got")


@pytest.mark.parametrize("place", ["beside the tree", "home", "tmp", "var"])
def test_files_outside_the_mounts_cannot_be_read(arena, open_arena, place, tmp_path_factory):
    folder = {
        "beside the tree": arena.root,
        "home": os.path.expanduser("~"),
        "var": "/var/tmp",
        "tmp": tmp_path_factory.mktemp("elsewhere"),
    }[place]
    if not os.access(folder, os.W_OK):
        pytest.skip(f"{folder} is not writable here")
    secret = f"{folder}/.whetstone-gold-{uuid.uuid4().hex}"
    code = TRY + "attempt(lambda: open(sys.argv[1]).read())"
    try:
        with open(secret, "w") as file:
            file.write("gold")
        os.chmod(secret, 0o644)
        assert arena.says(code, secret).startswith("refused")
        assert open_arena().says(code, secret) == "got gold"
    finally:
        os.unlink(secret)


def test_neither_the_checkout_nor_hosts_etc_can_be_read(arena):
    import tasks

    code = TRY + "import os\nfor path in sys.argv[1:-1]: attempt(lambda: open(path).read())"
    paths = [os.path.abspath(tasks.__file__), "/etc/shadow", "/etc/hostname", "/etc/resolv.conf"]
    said = arena.says(code, *paths).splitlines()
    assert [line.split()[0] for line in said] == ["refused"] * len(paths)


@pytest.mark.parametrize(
    "action",
    [
        "open('code.py', 'a')",
        "os.truncate('code.py', 0)",
        "open('new.py', 'w')",
        "os.unlink('code.py')",
        "os.rename('code.py', 'other.py')",
        "os.chmod('code.py', 0o777)",
        "os.utime('code.py', (0, 0))",
        "os.symlink('a', 'b')",
        "os.link('code.py', os.environ['OUT'] + '/link')",
        "os.setxattr('code.py', 'user.a', b'b')",
        "open('/escape', 'w')",
        "open('/usr/escape', 'w')",
        "open(sys.prefix + '/escape', 'w')",
        "open('/dev/escape', 'w')",
    ],
)
def test_what_is_read_only_stays_so(arena, action):
    file = arena.tree / "code.py"
    before = (file.stat().st_mode, file.stat().st_mtime_ns)
    assert arena.says(TRY + f"import os\nattempt(lambda: {action})").startswith("refused")
    assert [path.name for path in arena.tree.iterdir()] == ["code.py"]
    assert file.read_text() == "x = 1\n"
    assert (file.stat().st_mode, file.stat().st_mtime_ns) == before


def test_host_processes_cannot_be_signalled_or_looked_into(arena):
    environment = {"PLANTED": "hunter2", "PATH": os.environ["PATH"]}
    victim = subprocess.Popen(["sleep", "60"], env=environment)
    try:
        code = TRY + (
            "import os, ctypes\npid = int(sys.argv[1])\n"
            "attempt(lambda: os.kill(pid, 9))\n"
            "attempt(lambda: open(f'/proc/{pid}/environ').read())\n"
            "attempt(lambda: os.pidfd_open(pid))\n"
            "libc = ctypes.CDLL(None, use_errno=True)\n"
            "print('refused' if libc.ptrace(16, pid, 0, 0) == -1 else 'got')"
        )
        said = arena.says(code, str(victim.pid)).splitlines()
        assert [line.split()[0] for line in said] == ["refused"] * 4
        arena.run("import os; os.kill(-1, 9)")
        assert victim.poll() is None
    finally:
        victim.kill()
        victim.wait()


def test_the_callers_own_secrets_are_not_in_proc(arena, monkeypatch):
    """The launcher starts with the caller's memory map beside it, never with its environment."""
    monkeypatch.setenv("WHETSTONE_PLANTED_SECRET", "hunter2")
    code = (
        "import glob\nseen = b''\n"
        "for path in glob.glob('/proc/*/environ'):\n"
        "    try: seen += open(path, 'rb').read()\n"
        "    except OSError: pass\n"
        "print(b'hunter2' in seen)"
    )
    assert arena.says(code) == "False"


def test_no_way_back_to_root(arena):
    code = TRY + "import os\nattempt(lambda: os.setuid(0))\nprint(os.getuid(), *os.getgroups())"
    refused, identity = arena.says(code).splitlines()
    assert refused.startswith("refused")
    assert "0" not in identity.split()


@pytest.mark.skipif(os.getuid() != 0, reason="only root can make a set-uid file of root's")
def test_set_uid_programs_gain_nothing(arena):
    program = arena.tree / "id"
    shutil.copy("/usr/bin/id", program)
    os.chmod(program, 0o4755)
    outcome = arena.sandbox.run(Job((str(program), "-u"), arena.tree))
    assert outcome.ok, outcome
    assert outcome.stdout.strip() != "0"


def test_capabilities_are_gone_and_new_privileges_barred(arena):
    code = (
        "import ctypes\nprctl = ctypes.CDLL(None).prctl\n"
        "reachable = [prctl(23, capability, 0, 0, 0) for capability in range(41)].count(1)\n"
        "print(reachable, prctl(39, 0, 0, 0, 0), prctl(21, 0, 0, 0, 0))"
    )
    assert arena.says(code) == "0 1 2"  # capabilities, no-new-privileges, seccomp filter mode


@pytest.mark.parametrize(
    "action",
    [
        "socket.socket(40, socket.SOCK_STREAM)",  # AF_VSOCK: the hypervisor
        "socket.socket(16, socket.SOCK_RAW)",  # AF_NETLINK
        "socket.socket(38, socket.SOCK_SEQPACKET)",  # AF_ALG
        "socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)",
        "os.memfd_create('x')",
        "checked(libc.unshare(0x10000000))",
        "checked(libc.mount(b'none', b'/tmp', b'tmpfs', 0, None))",
        "checked(libc.shmget(0, 1 << 20, 0o1600))",
        "checked(libc.syscall(425, 8, 0))",  # io_uring_setup
    ],
)
def test_the_kernels_side_doors_are_shut(arena, action):
    code = TRY + (
        "import ctypes, os, socket\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        "def checked(result):\n"
        "    if result < 0: raise OSError(ctypes.get_errno(), 'x')\n"
        "    return result\n"
        f"attempt(lambda: {action})"
    )
    assert arena.says(code).startswith("refused")


def test_no_descriptor_is_inherited(arena):
    code = TRY + "import os\nfor n in range(3, 256): attempt(lambda: os.fstat(n))"
    assert set(arena.says(code).splitlines()) == {"refused 9"}  # EBADF


@pytest.mark.parametrize(
    ("action", "reason"),
    [
        ("os.symlink('/etc/passwd', out)", "symbolic link"),
        ("os.mkfifo(out)", "not a regular file"),
        ("os.mkdir(out)", "not a regular file"),
        ("open(out, 'w').write('x' * 101)", "more than the 100"),
        ("open(out, 'w'); os.link(out, out + '2')", "2 names"),
        ("None", "wrote no"),
    ],
)
def test_output_tricks_are_refused(arena, action, reason):
    arena.says(f"import os; out = os.environ['OUT'] + '/o'; {action}")
    with pytest.raises(PredictError, match=reason):
        read_output(arena.output / "o", 100)


def test_honest_output_is_read(arena):
    arena.says("import os; open(os.environ['OUT'] + '/o', 'w').write('x' * 100)")
    assert read_output(arena.output / "o", 100) == b"x" * 100


def test_links_left_in_a_writable_folder_do_not_give_files_away(arena):
    """Taking the folder back changes owners: of the link, never of what it points at."""
    victim = arena.root / "victim"
    victim.touch()
    if os.getuid() == 0:
        os.chown(victim, 1234, 1234)
    owner = victim.stat().st_uid
    arena.says("import os, sys; os.symlink(sys.argv[1], os.environ['OUT'] + '/l')", str(victim))
    arena.says("")
    assert victim.stat().st_uid == owner


def test_the_interpreter_is_the_callers(arena):
    assert arena.says("import sys; print(sys.executable)") == sys.executable
