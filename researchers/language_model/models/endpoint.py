"""Models over a wire: providers that DSPy knows, and any OpenAI-compatible server."""

from __future__ import annotations

from typing import Any

from dspy import lm15
from dspy._vendor.lm15.transports import StdlibTransport
from dspy.clients.engines.litellm_engine import LiteLLMEngine
from dspy.clients.engines.lm15_engine import LM15Engine

from researchers.language_model.models.engine import Source
from researchers.language_model.models.keys import NO_KEY, Secret
from researchers.language_model.models.settings import Endpoint, Hosted, Timeouts

PLACEHOLDER = "none"
"""What a server without keys is sent as one."""


class CompatibleServer:
    """One attempt at an OpenAI-compatible server."""

    def __init__(self, settings: Endpoint, secret: Secret = NO_KEY) -> None:
        self._model = settings.model
        self._wire = lm15.OpenAIChatLM(
            api_key=secret.value or PLACEHOLDER,
            base_url=settings.endpoint.rstrip("/"),
            transport=StdlibTransport(
                connect_timeout=settings.timeouts.connect,
                read_timeout=settings.timeouts.answer,
                write_timeout=settings.timeouts.answer,
            ),
        )

    def complete(self, request: Any) -> Any:
        """See Source."""
        try:
            return self._wire.complete(request)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            # The server sent what is no Chat Completions reply: half of one, or a page of HTML.
            raise lm15.ProviderError(f"an unreadable reply: {type(error).__name__}") from None

    def close(self) -> None:
        """Closes its connections."""
        self._wire.transport.close()


def hosted_model(settings: Hosted, secret: Secret) -> Source:
    """The provider of this model: DSPy's own client where it has one, LiteLLM otherwise."""
    resolver = LM15Engine(lm15.RouterConfig(env={}))
    try:
        provider = resolver.resolve(settings.model).provider
    except (lm15.UnknownModelError, lm15.UnsupportedFeatureError):
        other: Source = LiteLLMEngine(api_key=secret.value, timeout=settings.timeouts.answer)
        return other
    finally:
        resolver.close()
    config = lm15.RouterConfig(
        env={}, api_keys={provider: secret.value}, timeouts=_timeouts(settings.timeouts)
    )
    own: Source = LM15Engine(config)
    return own


def _timeouts(timeouts: Timeouts) -> Any:
    seconds = timeouts.answer
    return lm15.Timeouts(connect=timeouts.connect, read=seconds, write=seconds, pool=seconds)
