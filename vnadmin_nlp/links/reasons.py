"""Why a reference is linked, or not: stable codes, and what they say to people."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "number.equal": "số, ký hiệu trùng nhau",
    "number.symbol-short": "số trùng; ký hiệu chỉ ghi phần đầu",
    "number.symbol-slip": "số trùng; ký hiệu khác một chữ (lỗi quét)",
    "number.serial-slip": "ký hiệu và ngày trùng; số khác một chữ số (lỗi quét)",
    "number.serial-only": "chỉ ghi số, không ghi ký hiệu",
    "number.symbol-other": "số trùng, ký hiệu khác",
    "number.missing": "không ghi số",
    "name.equal": "tên văn bản trùng nhau",
    "date.equal": "ngày ban hành trùng nhau",
    "date.slip": "ngày ban hành khác một chữ số",
    "date.differs": "cùng năm nhưng khác ngày",
    "date.contradicts": "khác năm ban hành",
    "date.unknown": "văn bản được viện dẫn không rõ ngày",
    "year.equal": "năm trùng nhau",
    "year.missing": "viện dẫn không ghi năm",
    "year.nearest": "văn bản gần nhất trước văn bản viện dẫn",
    "year.older": "có văn bản khác gần hơn",
    "date.part": "phần ngày tháng được ghi trùng nhau",
    "term.stated": "đúng nhiệm kỳ (khóa) được ghi",
    "term.same": "cùng nhiệm kỳ cấp ủy",
    "term.earlier": "nhiệm kỳ cấp ủy trước",
    "issuer.equal": "đúng cơ quan ban hành được nêu",
    "issuer.successor": "cơ quan ban hành đã đổi tên hoặc sáp nhập",
    "issuer.symbol": "ký hiệu chỉ có một cơ quan ban hành",
    "issuer.inferred": "cơ quan ban hành suy từ nơi viện dẫn",
    "issuer.own": "cùng cơ quan ban hành với văn bản viện dẫn",
    "issuer.addressee": "cơ quan ban hành là nơi nhận của văn bản viện dẫn",
    "issuer.loose": "tên cơ quan nêu không chính xác; ký hiệu trùng",
    "issuer.unknown": "không rõ cơ quan ban hành",
    "issuer.contradicts": "khác cơ quan ban hành",
    "issuer.elsewhere": "cơ quan ban hành ở nơi khác",
    "type.equal": "cùng loại văn bản",
    "type.number": "loại văn bản theo ký hiệu",
    "type.contradicts": "khác loại văn bản",
    "subject.equal": "trích yếu được dẫn trùng nhau",
    "subject.other": "trích yếu được dẫn khác",
    "copies": "có nhiều bản của cùng một văn bản",
    "candidates.several": "nhiều văn bản cùng phù hợp",
    "candidates.weak": "chưa đủ căn cứ",
    "candidates.bounded": "quá nhiều văn bản có cùng số; không xét hết",
}
"""Every code, in Vietnamese as results are read by those who wrote the documents."""


def explain(codes: tuple[str, ...]) -> str:
    """The codes in words, joined by semicolons."""
    return "; ".join(TEXTS[code] for code in codes)
