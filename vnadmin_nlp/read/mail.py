"""Parts of a message (.eml) and of a web page saved as one file (.mht), in order."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message

from vnadmin_nlp.errors import ReadError
from vnadmin_nlp.read.packed import Budget, Part, shown
from vnadmin_nlp.schema.source import Format

_DECORATION = 50_000  # bytes under which an image in the body is a logo or a rule
_SIGNATURES = frozenset(
    {
        "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature",
        "message/delivery-status", "text/rfc822-headers",
    }
)  # fmt: skip
_LOCKED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"})
_MOST_LOOKS = 50_000_000  # the parser looks at every line once for each multipart it may stand in
_BODY = {"text/plain": Format.TXT, "text/html": Format.HTML}


def parts(data: bytes, name: str, budget: Budget) -> Iterator[Part]:
    """The words of a message (`mail.eml!body`) and its attachments, in their order.

    Of alternatives the last that is words is taken, as programs show it. Left out: small images shown in the body,
    signatures, reports of delivery. A message attached is a part that is a message. Of a web page saved as one file
    the page is the only part, with the name of the file. Raises ReadError where the whole is not read.
    """
    message = _parsed(data, name, budget)
    page = message.get_content_type() == "multipart/related" and "From" not in message
    bodies = unnamed = 0
    todo = [message]
    while todo:
        part = todo.pop()
        budget.spend_members(1, name)
        kind, file_name = part.get_content_type(), _file_name(part)
        if kind in _SIGNATURES:
            continue
        if part.is_multipart() and kind != "message/rfc822":
            todo += _best(part) if kind == "multipart/alternative" else reversed(_children(part))
        elif page and kind == "text/html":
            yield Part(name, _content(part, name), Format.HTML)
            return
        elif kind in _BODY and file_name is None and part.get_content_disposition() != "attachment":
            bodies += 1
            member = f"{name}!body" if bodies == 1 else f"{name}!body-{bodies}"
            yield Part(member, _content(part, member), _BODY[kind], body=True)
        elif not page:
            unnamed += file_name is None
            member = f"{name}!{shown(file_name or f'part-{unnamed}')}"
            content = _content(part, member)
            if not _is_decoration(part, content):
                yield Part(member, content)
    if page:
        raise ReadError(name, "a web page saved as one file, without a page in it; save it as .html and read that")


def _parsed(data: bytes, name: str, budget: Budget) -> Message:
    """The message; not where it has too many parts, or parts in parts in parts."""
    multiparts = data.lower().count(b"multipart/")
    budget.allow_members(multiparts, name)
    if multiparts * data.count(b"\n") > _MOST_LOOKS:
        raise ReadError(name, "too many parts inside each other; save its attachments and read those")
    try:
        return message_from_bytes(data)
    except (RecursionError, MemoryError, ValueError, LookupError, TypeError) as error:
        cause = f"the message is damaged ({type(error).__name__}); save its attachments and read those"
        raise ReadError(name, cause) from error


def _children(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


def _best(part: Message) -> list[Message]:
    """Of the same words in several formats the last that is read; what is no words stays too (invitations)."""
    children = _children(part)
    words = [child for child in children if child.get_content_type() in _BODY or child.is_multipart()]
    return [child for child in reversed(children) if child not in words or child is words[-1]]


def _content(part: Message, member: str) -> bytes | ReadError:
    """The bytes of a part; those of a text as UTF-8 with a mark, where the message says right what they are."""
    if part.get_content_type() in _LOCKED:
        return ReadError(member, "it is encrypted or signed as a whole; save what it holds from the mail program")
    try:
        if part.get_content_type() == "message/rfc822":
            return b"".join(child.as_bytes() for child in _children(part))
        content = part.get_payload(decode=True)
    except (RecursionError, MemoryError, ValueError, LookupError, TypeError, AttributeError) as error:
        return ReadError(member, f"the part is damaged ({type(error).__name__}); save it from the mail program")
    if not isinstance(content, bytes):
        return ReadError(member, "the part is damaged; save it from the mail program")
    if part.get_content_maintype() == "text" and (charset := part.get_content_charset()):
        try:
            return content.decode(charset).encode("utf-8-sig")
        except (ValueError, LookupError):
            pass
    return content


def _file_name(part: Message) -> str | None:
    try:
        found = part.get_filename()
        name = str(make_header(decode_header(found))) if found else None
    except (ValueError, LookupError, TypeError, AttributeError):
        return "attachment"
    if name is None and part.get_content_type() == "message/rfc822":
        return "message.eml"
    return name


def _is_decoration(part: Message, content: bytes | ReadError) -> bool:
    if part.get_content_maintype() != "image" or isinstance(content, ReadError):
        return False
    return len(content) < _DECORATION and (part.get_content_disposition() == "inline" or "Content-ID" in part)
