"""Closed choices of the results. Values are stable: they are written to files."""

from __future__ import annotations

from enum import StrEnum


class DocumentType(StrEnum):
    """Tên loại văn bản, without marks (Decree 30/2020/NĐ-CP article 7; Law 64/2025/QH15 article 4; Party types)."""

    CONG_VAN = "cong_van"
    CONG_DIEN = "cong_dien"
    CHI_THI = "chi_thi"
    QUYET_DINH = "quyet_dinh"
    NGHI_QUYET = "nghi_quyet"
    THONG_BAO = "thong_bao"
    KE_HOACH = "ke_hoach"
    TO_TRINH = "to_trinh"
    BAO_CAO = "bao_cao"
    HUONG_DAN = "huong_dan"
    GIAY_MOI = "giay_moi"
    BIEN_BAN = "bien_ban"
    CHUONG_TRINH = "chuong_trinh"
    DE_AN = "de_an"
    PHUONG_AN = "phuong_an"
    QUY_CHE = "quy_che"
    QUY_DINH = "quy_dinh"
    HOP_DONG = "hop_dong"
    PHIEU_CHUYEN = "phieu_chuyen"
    THONG_TU = "thong_tu"
    THONG_TU_LIEN_TICH = "thong_tu_lien_tich"
    NGHI_DINH = "nghi_dinh"
    LUAT = "luat"
    PHAP_LENH = "phap_lenh"
    LENH = "lenh"
    KET_LUAN = "ket_luan"
    GIAY_UY_QUYEN = "giay_uy_quyen"
    THU_CONG = "thu_cong"
    CONG_BO = "cong_bo"
    DU_AN = "du_an"
    THONG_CAO = "thong_cao"
    OTHER = "other"


class SectionLabel(StrEnum):
    """Bố cục: the parts of a document."""

    HEADER = "header"
    SUBJECT = "subject"
    ADDRESSEES = "addressees"
    PREAMBLE = "preamble"
    BODY = "body"
    RECIPIENTS = "recipients"
    SIGNATURE = "signature"
    APPENDIX = "appendix"
    NOISE = "noise"


class MarkingLevel(StrEnum):
    """Mức độ khẩn (Decree 30/2020 article 3) and độ mật (Law 117/2025/QH15 on state secrets)."""

    KHAN = "khan"
    THUONG_KHAN = "thuong_khan"
    HOA_TOC = "hoa_toc"
    MAT = "mat"
    TOI_MAT = "toi_mat"
    TUYET_MAT = "tuyet_mat"


class Authority(StrEnum):
    """Quyền hạn của người ký (Decree 30/2020 article 13): thay mặt, ký thay, thừa lệnh, thừa ủy quyền, quyền."""

    TM = "TM"
    KT = "KT"
    TL = "TL"
    TUQ = "TUQ"
    Q = "Q"


class Relation(StrEnum):
    """What a reference does to the document that makes it."""

    BASIS = "basis"
    IMPLEMENTS = "implements"
    FOLLOWS = "follows"
    REPLIES_TO = "replies_to"
    AMENDS = "amends"
    REPLACES = "replaces"
    REPEALS = "repeals"
    ATTACHED = "attached"
    MENTIONS = "mentions"


class DeadlineKind(StrEnum):
    """Loại thời hạn: a day, within a period, a duration from an event, recurring, at once."""

    DATE = "date"
    PERIOD = "period"
    DURATION = "duration"
    RECURRING = "recurring"
    IMMEDIATE = "immediate"


class ActorKind(StrEnum):
    """Loại chủ thể."""

    AGENCY = "agency"
    UNIT = "unit"
    POSITION = "position"
    GROUP = "group"
    ORGANIZATION = "organization"
    PERSON = "person"
    PARTY = "party"


class Role(StrEnum):
    """What an actor is in this document."""

    ISSUER = "issuer"
    ADDRESSEE = "addressee"
    BEARER = "bearer"
    COORDINATOR = "coordinator"
    REPORT_TO = "report_to"
    SUPERVISOR = "supervisor"
    RECIPIENT = "recipient"
    MENTIONED = "mentioned"


class Modality(StrEnum):
    OBLIGATION = "obligation"
    PROHIBITION = "prohibition"
    PERMISSION = "permission"


class Force(StrEnum):
    """`order`: giao, yêu cầu, phải; `request`: đề nghị, mong."""

    ORDER = "order"
    REQUEST = "request"


class Severity(StrEnum):
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"
