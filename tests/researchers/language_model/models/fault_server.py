"""An OpenAI-compatible server on the loopback that answers by a script of faults."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Act:
    """What the server does with one request.

    `kind` is answer, status, hang, trickle, cut, cut_chunk, reset, garbage, refusal, filter or
    echo_key.
    """

    kind: str = "answer"
    text: str = "{}"
    status: int = 200
    retry_after: str = ""
    finish: str = "stop"
    prompt: int = 100
    completion: int = 10
    cached: int = 0
    seconds: float = 0.0


def answer(text: str, **more: Any) -> Act:
    """A whole answer with this text."""
    return Act(text=text, **more)


Script = Sequence[Act] | Callable[[str], Act]
"""Acts in turn, the last one repeated; or what to do, from the text of the request."""


@dataclass
class FaultServer:
    """What it was asked, and the script that is left."""

    script: list[Act] | Callable[[str], Act]
    requests: list[dict[str, Any]] = field(default_factory=list)
    authorization: list[str] = field(default_factory=list)
    url: str = ""
    gone: threading.Event = field(default_factory=threading.Event)
    left: threading.Event = field(default_factory=threading.Event)
    """Set when a client leaves while an answer trickles."""

    def next(self, request: dict[str, Any]) -> Act:
        if callable(self.script):
            return self.script("\n".join(str(m["content"]) for m in request["messages"]))
        return self.script.pop(0) if len(self.script) > 1 else self.script[0]


@contextmanager
def serving(script: Script) -> Iterator[FaultServer]:
    """Runs a server for as long as the block lasts."""
    state = FaultServer(script if callable(script) else list(script))
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(state))
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield state
    finally:
        state.gone.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(state: FaultServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            state.requests.append(json.loads(self.rfile.read(length)))
            state.authorization.append(self.headers.get("Authorization", ""))
            act = state.next(state.requests[-1])
            if act.seconds:
                time.sleep(act.seconds)
            getattr(self, f"act_{act.kind}")(act)

        def act_answer(self, act: Act) -> None:
            self._reply(200, completion(act))

        def act_refusal(self, act: Act) -> None:
            body = completion(act)
            body["choices"][0]["message"] = {
                "role": "assistant", "content": None, "refusal": act.text,
            }  # fmt: skip
            self._reply(200, body)

        def act_filter(self, act: Act) -> None:
            body = completion(act)
            body["choices"][0]["finish_reason"] = "content_filter"
            self._reply(200, body)

        def act_status(self, act: Act) -> None:
            self._reply(act.status, {"error": {"message": act.text, "type": "x"}}, act.retry_after)

        def act_echo_key(self, act: Act) -> None:
            given = state.authorization[-1]
            self._reply(act.status, {"error": {"message": f"no such key: {given}", "type": "x"}})

        def act_hang(self, act: Act) -> None:
            state.gone.wait(30)
            self.close_connection = True

        def act_trickle(self, act: Act) -> None:
            whole = json.dumps(completion(act)).encode()
            self._head("Content-Length", str(10_000 + len(whole)))
            while not state.gone.wait(0.02):
                try:
                    self.wfile.write(b" ")
                except OSError:
                    state.left.set()
                    return

        def act_reset(self, act: Act) -> None:
            self.close_connection = True

        def act_cut(self, act: Act) -> None:
            whole = json.dumps(completion(act)).encode()
            self._head("Content-Length", str(len(whole)))
            self.wfile.write(whole[: len(whole) // 2])
            self.close_connection = True

        def act_cut_chunk(self, act: Act) -> None:
            whole = json.dumps(completion(act)).encode()
            self._head("Transfer-Encoding", "chunked")
            self.wfile.write(b"%x\r\n" % len(whole) + whole[: len(whole) // 2])
            self.close_connection = True

        def act_garbage(self, act: Act) -> None:
            self._send(200, act.text.encode(), "")

        def _head(self, name: str, value: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header(name, value)
            self.end_headers()

        def _reply(self, status: int, body: dict[str, Any], retry_after: str = "") -> None:
            self._send(status, json.dumps(body).encode(), retry_after)

        def _send(self, status: int, body: bytes, retry_after: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            if retry_after:
                self.send_header("Retry-After", retry_after)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    return Handler


def completion(act: Act) -> dict[str, Any]:
    """A Chat Completions reply."""
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 0,
        "model": "scripted",
        "choices": [
            {
                "index": 0,
                "finish_reason": act.finish,
                "message": {"role": "assistant", "content": act.text},
            }
        ],
        "usage": {
            "prompt_tokens": act.prompt,
            "completion_tokens": act.completion,
            "total_tokens": act.prompt + act.completion,
            "prompt_tokens_details": {"cached_tokens": act.cached},
        },
    }
