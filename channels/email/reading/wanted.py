"""Which parts of a mail are files that somebody sent."""

from __future__ import annotations

from channels.email.mail import Enclosed
from channels.email.reading import pictures
from channels.email.reading.held import Held
from channels.email.reading.names import safe_name

_NEVER = frozenset(
    (
        "application/applefile",
        "application/ics",
        "application/pgp-encrypted",
        "application/pgp-keys",
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "message/delivery-status",
        "message/disposition-notification",
        "message/feedback-report",
        "message/global-delivery-status",
        "message/global-disposition-notification",
        "message/global-headers",
        "text/amp-html",
        "text/calendar",
        "text/directory",
        "text/rfc822-headers",
        "text/vcard",
        "text/watch-html",
        "text/x-amp-html",
        "text/x-vcard",
    )
)
_NEVER_NAMED = (".ics", ".p7s", ".vcf")
_SIGNED = ("signature.asc", "openpgp_signature", "openpgp_0x")
_SEALED = frozenset(("application/pkcs7-mime", "application/x-pkcs7-mime"))
_EMPTY = "It is empty: attach the file again."
_IS_SEALED = "It is encrypted or sealed: send it as an ordinary mail."
_ELSEWHERE = "It only tells where a file is: attach the file itself."
_PIECE = "It is one piece of a mail that was cut up: send the whole file in one mail."
_WINMAIL = (
    "It is a winmail.dat that cannot be opened or holds nothing: send the files as ordinary "
    "attachments."
)
_BEYOND = "It is beyond the {most} files that one mail may bring: send the rest in another mail."


def files_in(held: Held, *, placed: frozenset[str], sealed: bool = False) -> list[Enclosed]:
    """The files of a part that is not what somebody wrote.

    `placed` are the content ids that the HTML shows; `sealed` says that all of the mail is
    encrypted.
    """
    leaf = held.leaf
    spelt = [
        _enclosed(f"{leaf.place}/uu/{number}", name, "application/octet-stream", size=len(data))
        for number, (name, data) in enumerate(held.spelt, start=1)
    ]
    if held.is_tnef:
        return [*spelt, *_from_tnef(held)]
    return [*spelt, _whole(held, placed, sealed=sealed)] if _is_file(held, placed) else spelt


def beyond(files: list[Enclosed], most: int) -> list[Enclosed]:
    """As many of the files as a mail may bring; one more that says so where there were more."""
    if len(files) <= most:
        return files
    more = Enclosed(
        place="",
        name=f"{len(files) - most} more files",
        media_type="application/octet-stream",
        size=0,
        refusal=_BEYOND.format(most=most),
    )
    return [*files[:most], more]


def _is_file(held: Held, placed: frozenset[str]) -> bool:
    leaf = held.leaf
    name = leaf.name.lower()
    if held.is_written or leaf.media_type in _NEVER:
        return False
    if name.endswith(_NEVER_NAMED) or name.startswith(_SIGNED):
        return False
    if not leaf.media_type.startswith("image/"):
        return bool(leaf.size or leaf.name or leaf.disposition == "attachment")
    shown = leaf.content_id.lower() in placed if leaf.content_id else False
    if not leaf.size:
        return not shown
    apart = leaf.disposition == "attachment" or (not leaf.disposition and not leaf.content_id)
    return pictures.is_wanted(leaf.size, held.pixels, name=leaf.name, placed=shown, apart=apart)


def _whole(held: Held, placed: frozenset[str], *, sealed: bool) -> Enclosed:
    leaf = held.leaf
    refusal = "" if leaf.size else _EMPTY
    if leaf.media_type in _SEALED or sealed:
        refusal = _IS_SEALED
    elif leaf.media_type == "message/external-body":
        refusal = _ELSEWHERE
    elif leaf.media_type == "message/partial":
        refusal = _PIECE
    inline = leaf.disposition == "inline" or leaf.content_id.lower() in placed
    return _enclosed(
        leaf.place, leaf.name, leaf.media_type, size=leaf.size, inline=inline, refusal=refusal
    )


def _from_tnef(held: Held) -> list[Enclosed]:
    leaf = held.leaf
    if held.packed is None:
        name = leaf.name or "winmail.dat"
        return [_enclosed(leaf.place, name, leaf.media_type, size=leaf.size, refusal=_WINMAIL)]
    return [
        _enclosed(
            f"{leaf.place}/tnef/{number}",
            one.name,
            one.media_type,
            size=one.size,
            refusal="" if one.size else _EMPTY,
        )
        for number, one in enumerate(held.packed, start=1)
        if not one.size
        or pictures.is_wanted(one.size, (0, 0), name=one.name, placed=False, apart=True)
    ]


def _enclosed(  # each of them is told of a file
    place: str,
    name: str,
    media_type: str,
    *,
    size: int,
    inline: bool = False,
    refusal: str = "",
) -> Enclosed:
    return Enclosed(
        place=place,
        name=safe_name(name, media_type),
        media_type=media_type,
        size=size,
        inline=inline,
        refusal=refusal,
    )
