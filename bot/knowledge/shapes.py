"""What every model of a pack's files is made of."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, Field(min_length=1)]
Texts = Annotated[tuple[Text, ...], Field(min_length=1)]

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _local(value: time) -> time:
    # YAML reads a bare 18:00 as a number, which comes here as a time in UTC.
    if value.tzinfo is not None:
        what = 'write local time in quotation marks and without a zone, like "07:00"'
        raise PydanticCustomError("local", what)
    return value


LocalTime = Annotated[time, AfterValidator(_local)]


class Part(BaseModel):
    """A block of keys, where an unknown key is a fault."""

    model_config = ConfigDict(extra="forbid")
