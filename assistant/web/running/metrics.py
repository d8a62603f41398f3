"""What is counted, in the form that Prometheus reads. No label has words of a question."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from assistant.answer import Answer

__all__ = ["Metrics", "Source"]

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Source(Collector):
    """Figures that others keep, read when they are asked for."""

    def __init__(
        self,
        running: Callable[[], int],
        waiting: Callable[[], int],
        failures: Callable[[], Mapping[str, int]],
    ) -> None:
        self._running = running
        self._waiting = waiting
        self._failures = failures

    def collect(self) -> Iterator[GaugeMetricFamily | CounterMetricFamily]:
        """Requests under way, questions before the encoder, failures of the model by cause."""
        yield GaugeMetricFamily(
            "convention_requests_running", "Requests under way.", value=self._running()
        )
        yield GaugeMetricFamily(
            "convention_encoder_waiting",
            "Questions that wait for the sentence encoder.",
            value=self._waiting(),
        )
        failures = CounterMetricFamily(
            "convention_model_failures",
            "Answers for which the language model gave nothing that can be used.",
            labels=["cause"],
        )
        for cause, count in sorted(self._failures().items()):
            failures.add_metric([cause], count)
        yield failures


class Metrics:
    """The figures of one application."""

    def __init__(self, source: Source) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(source)
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        self._answers = Counter(
            "convention_answers",
            "Answers, by how they ended and who worded them.",
            ["outcome", "mode"],
            registry=self._registry,
        )
        self._answer_seconds = Histogram(
            "convention_answer_seconds",
            "Seconds from a question to its whole answer.",
            ["mode"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._errors = Counter(
            "convention_answer_errors",
            "Questions that ended in an error, by its kind.",
            ["error"],
            registry=self._registry,
        )
        self._requests = Counter(
            "convention_requests",
            "Requests, by method, route and status.",
            ["method", "route", "status"],
            registry=self._registry,
        )
        self._request_seconds = Histogram(
            "convention_request_seconds",
            "Seconds from a request to the end of its response.",
            ["route"],
            buckets=_SECONDS,
            registry=self._registry,
        )

    def answered(self, answer: Answer, seconds: float) -> None:
        """Count an answer."""
        self._answers.labels(answer.outcome.value, answer.mode.value).inc()
        self._answer_seconds.labels(answer.mode.value).observe(seconds)

    def failed(self, error: Exception) -> None:
        """Count a question that ended in an error."""
        self._errors.labels(type(error).__name__).inc()

    def requested(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request that has been answered."""
        self._requests.labels(method, route, str(status)).inc()
        self._request_seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """All figures, in the text format of Prometheus."""
        return generate_latest(self._registry)
