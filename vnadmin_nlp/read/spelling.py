"""How Vietnamese a word is: what tells the right reading of bytes from the wrong ones."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from vnadmin_nlp.text.fold import key_of

_ONSETS = "ngh ng nh gh gi kh ph qu th tr ch b c d đ g h k l m n p r s t v x".split()
_RIMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet ooc oong
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uêu uơ
uy uya uych uynh uyt uyp uyu uyên uyêt uôc uôi uôm uôn uông uôt
ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu
ă â
""".split()
_SYLLABLE = re.compile(f"(?:{'|'.join(_ONSETS)})?(?:{'|'.join(sorted(_RIMES, key=len, reverse=True))})")
_STOPPED = re.compile(r"(?:ch|[cpt])$")
_TONES = re.compile(r"[\u0300\u0301\u0303\u0309\u0323]")
_SHARP = ("", "\u0301", "\u0323")
_ABBREVIATION = re.compile(r"(?=.{2})[A-Z]{0,5}Đ[A-ZĐ]{0,5}")
_ABBREVIATIONS = frozenset("NĐ QĐ HĐND CĐ HĐ QĐND BĐS BGDĐT".split())
_CAPITAL_INSIDE = re.compile(r"[a-z][A-ZÀ-ÖØ-Þ\u0102\u0110\u0128\u0168\u01a0\u01af]")
_WORD = re.compile(r"[^\W\d_]+")
# Punctuation beyond ASCII, in Unicode and as bytes of Windows-1252
AROUND = "“”‘’„–—…•\xa0\x85\x91\x92\x93\x94\x95\x96\x97"

# The most frequent words with marks in the texts of Vietnamese offices
_FREQUENT = """
số ngày của có và về năm chính lập định nhận bộ các tự tháng phúc công độc văn việt tại nghị chủ điều nội xã nghĩa hội
vụ như hiện thực thông được trên với việc lưu đề hành để hạnh cộng luật hợp cơ căn cứ lý này từ nơi đối trưởng phủ pháp
tư chức tài nhân liên một tổ trường sở hướng hòa cục thành dẫn quyết thuộc dụng đổi không bản báo quản đơn địa thủ
nghiệp phòng nhiệm cấp nước trình động quyền thời đồng nhà đã đến hiệu là lực tỉnh chỉ phương hà bổ vị tổng sửa quốc
hoặc trách phạm trực dân cá phó ý người kiến chịu kiểm chế phát điểm ký xuất tiếp sách gửi khoản tục thể làm tế hoạt
bảo vào ủy hóa sản tiết kết sử giải giá cáo mục điện hồ năng xác hình hàng thẩm khác tịch kèm phải hạn thì dịch đầu phố
giám tính vực ngành hệ thống kể phân trước sơ quả áp phí trị chuyển xây bằng đạo tác phối toàn triển dựng thường thức
đảm cầu phục quá tượng nếu bị đó cụ kế kiện nhập chuyên ứng soát dự thuế đủ xử gồm đúng liệu án xét trả độ hoàn phần
nhất tiêu yêu trợ tạo kính đại phụ ở lượng chỉnh đốc bàn viên đây ngoài toán nêu cổng tử sát lĩnh sự lại thị thiết nộp
tâm nguyên chứng bố mới học kỳ ngân tờ trì mức biết phường mặt ương tập diện chất tăng chưa truyền lãnh loại hỗ những
trừ thứ mắc nghệ cần hoạch tiền phù cách từng đặc vướng tình lệ cả chương chí thương tướng đăng duyệt vấn đoàn phê
chuẩn nguồn môi đánh giấy kê lục tích giữa biểu tên mà thuê kịp nguyễn trí thế kỹ máy cứu chánh phẩm rà tiến còn cấu
đầy khẩu biệt lên thuận bình đáp trở lần vận thư thuật hưởng lợi tuyên vật đảng trọng hải tối đường môn nhưng bán biện
mã giảm khó rõ lời gọi đào bỏ cán tương khăn dưới hết nâng mẫu dõi nhiều hộ xuyên đi vệ tiên phép bởi tắc cùng biến đất
giới đang đoạn nhằm biên nghiên đóng nông mô trương dữ mại đa tiện thiện tuyến dùng lịch bên vốn cập cường khả thảo
giáo hữu góp nhật tỷ cư ưu chấp phản chống đích tầng hồi chú bãi yếu cửa đình hơn dục luận mưu ánh họp khách ảnh đưa
đôn nghiêm viện trụ cảnh nghề hạ tải mạng suất ích chọn mạnh lớn nhóm lương phận đặt thác đạt thúc vượt sẽ dưỡng bất
rộng phổ bí bắt trận mở miễn trú mình thiểu ngoại tộc đông đấu riêng tắt trạng dấu vùng sáng tới cố nghiệm tô giữ nhiên
cải chữa quân tạm trữ tốt thêm bồi lựa tuân mỗi đẩy tái hiểm dương nối gắn sống xếp chặt chậm gây đột khuyến cuộc giúp
cực thụ khắc thưởng đội giờ phú thôn chẽ quý vẫn sơn đãi dài khóa đức tố hằng thủy thái tòa chiến thoại đô quảng ổn
khấu hoà thỏa tất bệnh tín khí sức chiếu tiễn bước thầu dạng hiệp ít mọi khẩn bạch bảng lấy vũ thân bưu mất thiên thấp
nghỉ cổ phá thừa xảy nào huyện trần huấn thích thù triệu quỹ kỷ lộ trích hại gốc tông ô bắc cận khâu hậu diễn túc cuối
thiếu đôi khích khảo phiếu sâu ngọc khối đương đứng tránh đính lược hỏi vững quán nền đai đồ cũng nuôi sắp lâm nhỏ
khoảng
"""


@cache
def _frequent() -> frozenset[str]:
    return frozenset(key_of(_FREQUENT).split())


@lru_cache(maxsize=100_000)
def score(word: str) -> int:
    """How Vietnamese `word` is, a run of letters and of characters beyond ASCII.

    2: a frequent word; 1: spelled like a Vietnamese one; 0: not.
    """
    words = unicodedata.normalize("NFC", word).strip(AROUND)
    if words.isascii() and words != word:
        return 1  # only the punctuation is more than ASCII, which tells nothing
    if not _WORD.fullmatch(words):
        pieces = re.split(f"[{AROUND}]+", words)
        return min(map(score, pieces)) if len(pieces) > 1 else 0
    if _ABBREVIATION.fullmatch(words):
        return 2 if words in _ABBREVIATIONS else 1
    if _CAPITAL_INSIDE.search(words):
        return 0
    key = key_of(words)
    if key in _frequent():
        return 2
    apart = unicodedata.normalize("NFD", key)
    tones = "".join(_TONES.findall(apart))
    if not _SYLLABLE.fullmatch(unicodedata.normalize("NFC", _TONES.sub("", apart))):
        return 0
    return int(len(tones) < 2 and (tones in _SHARP[1:] if _STOPPED.search(key) else True))
