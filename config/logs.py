"""Logs: one JSON line an event on standard output. No address with its values, no national number, no code ever enters."""

import logging
import logging.config
import re
from typing import Any

import structlog

# Eleven digits in their groups, whatever stands between; longer rows of digits and hexadecimal ids are something else.
NATIONAL_NUMBER = re.compile(r"(?<!\d)\d{2}[.\s/-]?\d{2}[.\s/-]?\d{2}[.\s/-]?\d{3}[.\s/-]?\d{2}(?!\d)")

STANDARD = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stdout"}},
    "root": {"handlers": ["out"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "procrastinate": {"level": "WARNING"},
        "django.security": {"level": "ERROR"},
    },
}


def without_numbers(_, __, event: dict) -> dict:
    """The last barrier, for messages of libraries: eleven digits in a row are never written."""
    return {key: masked(value) for key, value in event.items()}


def masked(value: Any) -> Any:
    """The same value without national numbers, inside lists and dictionaries too."""
    if isinstance(value, str):
        return NATIONAL_NUMBER.sub("[number]", value)
    if isinstance(value, dict):
        return {key: masked(one) for key, one in value.items()}
    return [masked(one) for one in value] if isinstance(value, list | tuple) else value


def configure(_settings=None) -> None:
    """Sends structlog and the standard library through one JSON formatter."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        without_numbers,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(),
        cache_logger_on_first_use=True,
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": [structlog.stdlib.add_logger_name, *shared],
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.JSONRenderer()],
    }
    logging.config.dictConfig({**STANDARD, "formatters": {"json": formatter}})
