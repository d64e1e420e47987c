"""Writes Vietnamese as the bytes of encodings before Unicode, from tables of their own in the order of the codes."""

from __future__ import annotations

import unicodedata

LOWER = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ"
LETTERS = LOWER + LOWER.upper()

_TCVN3 = (
    "A1Ă A2Â A3Ê A4Ô A5Ơ A6Ư A7Đ A8ă A9â AAê ABô ACơ ADư AEđ B5à B6ả B7ã B8á B9ạ BBằ BCẳ BDẵ BEắ C6ặ C7ầ C8ẩ C9ẫ CAấ "
    "CBậ CCè CEẻ CFẽ D0é D1ẹ D2ề D3ể D4ễ D5ế D6ệ D7ì D8ỉ DCĩ DDí DEị DFò E1ỏ E2õ E3ó E4ọ E5ồ E6ổ E7ỗ E8ố E9ộ EAờ EBở "
    "ECỡ EDớ EEợ EFù F1ủ F2ũ F3ú F4ụ F5ừ F6ử F7ữ F8ứ F9ự FAỳ FBỷ FCỹ FDý FEỵ"
)
_TCVN5712_MORE = (
    "01Ú 02Ụ 04Ừ 05Ử 06Ữ 11Ứ 12Ự 13Ỳ 14Ỷ 15Ỹ 16Ý 17Ỵ 80À 81Ả 82Ã 83Á 84Ạ 85Ặ 86Ậ 87È 88Ẻ 89Ẽ 8AÉ 8BẸ 8CỆ 8DÌ 8EỈ 8FĨ "
    "90Í 91Ị 92Ò 93Ỏ 94Õ 95Ó 96Ọ 97Ộ 98Ờ 99Ở 9AỠ 9BỚ 9CỢ 9DÙ 9EỦ 9FŨ AFẰ BAẲ BFẴ C0Ắ C1Ầ C2Ẩ C3Ẫ C4Ấ C5Ề CDỂ D9Ễ DAẾ "
    "DBỒ E0Ổ F0Ỗ FFỐ"
)
_VISCII = (
    "02Ẳ 05Ẵ 06Ẫ 14Ỷ 19Ỹ 1EỴ 80Ạ 81Ắ 82Ằ 83Ặ 84Ấ 85Ầ 86Ẩ 87Ậ 88Ẽ 89Ẹ 8AẾ 8BỀ 8CỂ 8DỄ 8EỆ 8FỐ 90Ồ 91Ổ 92Ỗ 93Ộ 94Ợ 95Ớ "
    "96Ờ 97Ở 98Ị 99Ỏ 9AỌ 9BỈ 9CỦ 9DŨ 9EỤ 9FỲ A0Õ A1ắ A2ằ A3ặ A4ấ A5ầ A6ẩ A7ậ A8ẽ A9ẹ AAế ABề ACể ADễ AEệ AFố B0ồ B1ổ "
    "B2ỗ B3Ỡ B4Ơ B5ộ B6ờ B7ở B8ị B9Ự BAỨ BBỪ BCỬ BDơ BEớ BFƯ C0À C1Á C2Â C3Ã C4Ả C5Ă C6ẳ C7ẵ C8È C9É CAÊ CBẺ CCÌ CDÍ "
    "CEĨ CFỳ D0Đ D1ứ D2Ò D3Ó D4Ô D5ạ D6ỷ D7ừ D8ử D9Ù DAÚ DBỹ DCỵ DDÝ DEỡ DFư E0à E1á E2â E3ã E4ả E5ă E6ữ E7ẫ E8è E9é "
    "EAê EBẻ ECì EDí EEĩ EFỉ F0đ F1ự F2ò F3ó F4ô F5õ F6ỏ F7ọ F8ụ F9ù FAú FBũ FCủ FDý FEợ FFỮ"
)
_VNI = (
    "à:aø ả:aû ã:aõ á:aù ạ:aï ă:aê ằ:aè ẳ:aú ẵ:aü ắ:aé ặ:aë â:aâ ầ:aà ẩ:aå ẫ:aã ấ:aá ậ:aä è:eø ẻ:eû ẽ:eõ é:eù ẹ:eï "
    "ê:eâ ề:eà ể:eå ễ:eã ế:eá ệ:eä ì:ì ỉ:æ ĩ:ó í:í ị:ò ò:oø ỏ:oû õ:oõ ó:où ọ:oï ô:oâ ồ:oà ổ:oå ỗ:oã ố:oá ộ:oä ơ:ô "
    "ờ:ôø ở:ôû ỡ:ôõ ớ:ôù ợ:ôï ù:uø ủ:uû ũ:uõ ú:uù ụ:uï ư:ö ừ:öø ử:öû ữ:öõ ứ:öù ự:öï ỳ:yø ỷ:yû ỹ:yõ ý:yù ỵ:î đ:ñ"
)


def _bytes(table: str) -> dict[str, bytes]:
    return {row[2]: bytes.fromhex(row[:2]) for row in table.split()}


def _vni() -> dict[str, bytes]:
    lower = dict(row.split(":") for row in _VNI.split())
    return {c: codes.encode("cp1252") for c, codes in lower.items()} | {
        c.upper(): codes.upper().encode("cp1252") for c, codes in lower.items()
    }


def _windows_1258(char: str) -> bytes:
    try:
        return char.encode("cp1258")
    except UnicodeEncodeError:
        apart = unicodedata.normalize("NFD", char)
        tones = "".join(mark for mark in apart if mark in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in tones))
        return (base + tones).encode("cp1258")


TABLES = {
    "tcvn3": _bytes(_TCVN3),
    "tcvn5712": _bytes(f"{_TCVN3} {_TCVN5712_MORE}"),
    "viscii": _bytes(_VISCII),
    "vni": _vni(),
    "windows-1258": {char: _windows_1258(char) for char in LETTERS},
}


def encode(text: str, encoding: str) -> bytes:
    """`text` in `encoding`; a letter it does not have is written as its small letter, as users of TCVN3 did."""
    table = TABLES[encoding]
    return b"".join(table.get(char) or table.get(char.lower()) or char.encode("ascii") for char in text)
