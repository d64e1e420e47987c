"""The forms that the reading of clauses is anchored on."""

from __future__ import annotations

import re

from vnadmin_nlp.extract.cues import CueKind
from vnadmin_nlp.text import key_of, keyed

PERFORM = frozenset({CueKind.ORDER, CueKind.ASSIGN, CueKind.REQUEST})
OPENS = PERFORM | {CueKind.ENCOURAGE}  # at the beginning of a clause
NO_LIST = PERFORM | {CueKind.COORDINATE}  # before `thi hành Quyết định này` stand no mere names
ROLES = frozenset({CueKind.COORDINATE, CueKind.REPORT, CueKind.ENCOURAGE})  # no words of duty

GAP = " \n\t,:–-"
DELEGEE = keyed(
    r"(?:đối tượng|cơ quan|đơn vị|người|chủ thể)(?: được| nhận)+ (?:phân cấp|phân quyền|ủy quyền|uỷ quyền)"
    r"[^:]{0,40}:\s*"
)
# what a body named behind `do` sees to: `Kinh phí thực hiện do Sở Tài chính bố trí`
TOPIC = keyed(
    r"(?:tổng |các )?(?:kinh phí|việc|thời gian|thời hạn|mức|nội dung|phương án|số lượng|hình thức)(?![^\W_])"
)
BY = re.compile(r" do ")
DOES = keyed(
    r"[ ,](?:tự )?(?:xác định|quyết định|thỏa thuận|thoả thuận|tham mưu|bố trí|cân đối|bảo đảm|đảm bảo"
    r"|chi trả|chịu|thẩm định)(?![^\W_])(?! (?:thành lập|ban hành|phê duyệt|giao|cấp)(?![^\W_]))"
)
BY_REACH = 120  # characters
# what is to be sent back: `Ý kiến góp ý đề nghị gửi về Sở Tư pháp ...`
RETURN = keyed(
    r"(?:mọi )?(?:thông tin|báo cáo|ý kiến|hồ sơ|danh sách|văn bản|công văn|kết quả|nội dung|phiếu|đề xuất|biểu mẫu)"
    r"(?: [^\s,.;:()]{1,12}){0,8}?(?: \([^()]{0,80}\))? (?:(?:xin|vui lòng|(?:kính |trân trọng )?đề nghị) )?(?:gửi|gởi)"
    r" (?:báo cáo )?(?:về|đến|tới|vào|qua)(?![^\W_])"
)
# the same, with the name of who is to send it: `Văn bản trả lời đề nghị Sở X gửi về ...`
ASKED = keyed(
    r"(?:mọi )?(?:thông tin|báo cáo|ý kiến|hồ sơ|danh sách|văn bản|kết quả)(?: [^\s,.;:()]{1,12}){0,6}?"
    r" (?:kính )?(?P<word>đề nghị) "
)
# in letters: the case asked about, and what who asked must or may do in it
CASE = keyed(
    r"(?:căn cứ [^,]{0,80}, )?(?:trong )?trường hợp (?=(?:quý )?(?:công ty|đơn vị|chi nhánh)"
    r"(?! (?:mẹ|con|me)))"
)
CASE_DOES = keyed(
    r"(?:(?:công ty|đơn vị) )?(?:mỗi lần [^,.;:]{0,60} )?(?:(?:đều |đêu )?(?:phải|có trách nhiệm) )?(?:thực hiện )?"
    r"(?:lập|xuất hóa đơn|kê khai|khai|nộp|hạch toán|phân bổ|điều chỉnh)(?![^\W_])"
    r"|(?:phải|có trách nhiệm) (?:xác định|theo dõi) "
)
STEP = keyed(r", |: | thì | - ")  # after these a main clause may begin
THIS = re.compile(", | này ")  # after these the verb may stand: `căn cứ Điều 1 Quyết định này tổ chức ...`
NEXT = re.compile("[,:] ")
AFTER = keyed(r"[\s:]*(?:[-+]\s)?(?:(?:mạnh mẽ|đến|tới|cho|toàn thể|tất cả|đối với)\s)?")
POLITE = keyed(
    r"(?:(?:xin|cảm ơn|kính|trân trọng|cũng|tiếp tục|đồng thời|thống nhất|và|nghiêm túc|mạnh mẽ|sẽ|có văn bản"
    r"|rất|,)\s)*"
)
# with these words a named body is described, not ordered
NOT_SUBJECT = keyed(
    r"(?:(?:phải )?đáp ứng (?:đủ |đầy đủ |được )?(?:các )?điều kiện|không thuộc"
    r"|là(?! (?:cơ quan|đơn vị) (?:đầu mối|thường trực|chủ trì)| đầu mối| nơi chịu)|đã|đang|sẽ|vừa|mới"
    r"|được(?! (?:giao|phép|quyền|phân công|thu)(?![^\W_])| [^.;:]{1,150} trong"
    r" (?:các|những|một trong các|một trong những) trường hợp (?:sau|quy định))"
    r"|bị|của|tại|thuộc|gồm|bao gồm|nhận được|như|với|cho|do|từ|hiện"
    r"|chưa|còn|vẫn|về|ở|đối với|khi|có(?! (?:trách nhiệm|nhiệm vụ|nghĩa vụ|kế hoạch|giải pháp|biện pháp|văn bản"
    r"|phương án|ý kiến(?!:)|thể|quyền|hình thức|ý thức|báo cáo))|không có|không phải|không còn|phải được"
    r"|không được (?:hoàn|hưởng|miễn|giảm|bồi thường|hỗ trợ|công nhận|xét|xem xét|cấp|tính hưởng|thanh toán)|luôn"
    r"|gửi kèm|ghi nhận|đánh giá cao|biểu dương|hoan nghênh|(?:cơ bản )?(?:thống nhất|nhất trí|đồng ý) với"
    r"|để|nhằm|mà|ban hành kèm|và|hoặc|đến|quy định|ban hành (?:quyết định|kế hoạch|nghị quyết|quy))(?![^\W_])"
)
ASIDE = keyed(r", (?:trong phạm vi|theo|căn cứ|trên cơ sở|với|nhất là|đặc biệt|trong đó|tùy)\b")
FACT = keyed(r" (?:đã|đang|chưa|là|vẫn|đều|cũng|không có|có|sẽ|nhận) ")
STATES = keyed(r" (?:đã|đang|chưa|là|vẫn|đều|cũng) ")
# a predicate that only sends the document off, if `biết` stands near its end
# `thông báo để ... biết`; scans misread `để`
CLOSE = keyed(
    r"(?:xin |kính |trân trọng |có ý kiến |đã )*(?:thông báo|trả lời|báo cáo|có ý kiến|sao gửi|sao lục|chuyển"
    r"|gửi|trao đổi"
    r"|thông tin|cung cấp thông tin|nêu|phúc đáp|hướng dẫn)\b.{0,500}?\b(?:để|dé|đề|đê|(?<=trả lời )cho)\b"
)
FORBID = keyed(
    r"(?:tuyệt đối |kiên quyết )?không (?!chỉ|những|ngừng|bao gồm|tính|kể|quá)|nghiêm cấm|không được|không nên|cấm "
)
ALLOW = keyed(r"được phép|có thể|có quyền|được quyền|được (?!giao|phân công)")
_EXECUTE = keyed(
    r"(?:chịu trách nhiệm )?(?:(?:tổ chức|triển khai) )*(?:thi hành|thực hiện) "
    r"(?:quyết định|nghị quyết|chỉ thị|thông tư|nghị định|quy chế|quy định|kế hoạch|lệnh) này"
)
# `Thủ trưởng các cơ quan: Sở A, Sở B căn cứ Quyết định thi hành`
_BY_IT = keyed(r"căn cứ (?:quyết định|nghị quyết|chỉ thị|thông tư)(?: này)?,? (?:tổ chức )?(?:thi hành|thực hiện)$")
MEMBER = keyed(r"(?:[,;]|(?<![^\W_])(?:và|cùng|(?:các ông|ông|bà):?|hoặc))\s+(?:các |ông |bà |\(bà\) |toàn thể )?$")
# members of such a list that common nouns name
OTHERS = keyed(
    r"(?:[,;]|(?<![^\W_])và) ((?:các|những|toàn thể|thành viên) [^,;]{3,120}?)"
    r"(?=[,;]| và | (?:có|chịu) trách nhiệm| thi hành| tổ chức thực hiện)"
)
QUOTES = keyed(r"(?:quy định|hướng dẫn|nêu|như sau|giải thích|ghi)$")
# what may stand before the verb and says nothing of what is to be done
WITHIN_DUTY = keyed(
    r"(?:(?:căn cứ|theo|trên cơ sở|trong phạm vi)(?: vào)? chức năng,? nhiệm vụ(?:,? (?:quyền hạn|thẩm quyền))?"
    r"(?: (?:được giao|được phân công|của (?:đơn vị|mình|ngành|cơ quan)))?"
    r"|(?:định kỳ )?(?:hằng|hàng) (?:ngày|tuần|tháng|quý|năm)(?: (?:hoặc"
    r"|và)(?: khi)? đột xuất)?(?: \([^()]{0,60}\))?),? "
)
ALSO = keyed(r"(?:(?:đồng thời|cũng|tự) )?")
TURNS = keyed(r" (?:thì|mà|nếu|nhưng|không) ")
COURSE = keyed(r"trong quá trình (?:triển khai |tổ chức )?thực hiện ")
SEND = keyed(r".{0,160}?\b(?:gửi|báo cáo)\b(?! kèm)")

TO = re.compile(" cho ")
WITH = " với "
BOUND = frozenset(map(key_of, ("có trách nhiệm", "chịu trách nhiệm")))  # of a named body an order, under requests too
RELATIVE = (" được ", " có ", " thuộc ", " thực hiện ", " tham gia ", " sử dụng ")
DELEGATES = ("phân cấp", "phân quyền", "ủy quyền", "giao nhiệm vụ", "giao quyền")
THINGS = ("các ", "những ", "nội dung nào ", "vấn đề nào ", "nội dung ", "vấn đề ")
GROUNDS = ("trên cơ sở", "căn cứ")
LOOSE = ("về ", "tại ", "với ", "theo ", "do ", "vì ", "nhờ ", "qua ", "liên quan ")  # a verb may belong to these
MEETS = keyed(r" đáp ứng (?:đủ |đầy đủ )?(?:các )?(?:điều kiện|tiêu chí|tiêu chuẩn)")  # who something holds for
ENTITLED = " được hưởng "  # `Tổ chức đào tạo ... được hưởng mức hỗ trợ`
PREPOSITION = (" của", " với", " tại", " cho", " từ", " do", " về", "nếu", "khi", " hợp", " mà", " để")
BACK = ("báo cáo ", "phản ánh ")
DESCRIBED = 200  # characters from the beginning of a noun with a relative clause to its word of duty
DELEGATED = 400  # characters between a word of delegation and `cho`
CONDITION = 300  # characters of a condition in which a body is looked for that reports
RULE = 120  # characters: after a longer condition `thì` + verb explains a rule
IN_CASES = ("các trường hợp ",)
STEPS = 60
REPLACED = keyed(r"(?:văn bản|quy định|tiêu chuẩn|mẫu)\b.{0,200}?\b(?:sửa đổi|bổ sung|thay thế|bãi bỏ)")
ASIDE_REACH = 300
EXECUTION = 80  # characters at the end of a clause


def execution(key: str, start: int, end: int) -> re.Match[str] | None:
    """`chịu trách nhiệm thi hành Quyết định này` at the end of `start:end`."""
    start = max(start, end - EXECUTION)
    named = _EXECUTE.search(key, start, end) if key.find(" này", start, end) >= 0 else None
    return named or (_BY_IT.search(key, start, end) if key.endswith(" hành", start, end) else None)
