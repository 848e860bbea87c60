"""The words from which fictional customers are made: small hand-made tables, common entries first.

Region codes and the names of provinces, cities and districts are public facts (GB/T 2260); streets, firms and people are
invented. A likeness to anybody is chance.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "COUNTRIES",
    "FEMALE_GIVEN",
    "HOUSING",
    "INDUSTRIES",
    "LATIN_GIVEN",
    "LATIN_SURNAMES",
    "MALE_GIVEN",
    "MINORITY_FATHER",
    "MINORITY_FEMALE",
    "MINORITY_MALE",
    "MOBILE_PREFIXES",
    "OCCUPATIONS",
    "RARE_GIVEN",
    "REGIONS",
    "STREETS",
    "SURNAMES",
    "TRADE_FIRST",
    "TRADE_SECOND",
    "TRADITIONAL_GIVEN",
    "TRADITIONAL_SURNAMES",
]

SURNAMES: Final[tuple[str, ...]] = (
    *"王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈",
    *"姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤",
    *("欧阳", "司马", "上官", "诸葛", "仇", "查", "单", "解", "翟"),
)

MALE_GIVEN: Final = tuple(
    "伟强磊军勇涛明超刚平杰斌辉鹏飞宇浩然博志远俊峰昊天泽瑞海龙成康国栋建林森立新学友家宝光正松柏"
)
FEMALE_GIVEN: Final = tuple(
    "芳娜敏静丽艳霞秀英华玉萍红梅桂兰凤云欣怡嘉琪思雨佳雪莹琳婷倩颖慧瑶宁燕春珍淑冰清晓月竹菊梓萱涵"
)

# 䶮 is in GB18030 but not in GBK; 㛃 lies in Extension A, 𬱖 beyond the first plane: old systems lose all three
RARE_GIVEN: Final = ("喆", "堃", "犇", "淼", "䶮", "㛃", "𬱖", "赟", "頔", "燊")

MINORITY_MALE: Final = ("阿迪力", "买买提", "艾尔肯", "吐尔逊", "帕尔哈提", "库尔班", "扎西", "木沙江")
MINORITY_FEMALE: Final = ("古丽娜尔", "阿依努尔", "热依罕", "迪丽努尔", "帕提古丽", "玛依拉", "卓玛", "米热古丽")
MINORITY_FATHER: Final = ("阿不都拉", "买合木提", "吐鲁洪", "玉素甫", "艾合买提", "肉孜", "次仁", "依明")

TRADITIONAL_SURNAMES: Final = tuple("陳黃張李劉楊葉鄭謝許蘇呂蕭羅盧鍾")
TRADITIONAL_GIVEN: Final = tuple("偉強國華寶儀詠詩嘉慧俊傑家豪敏麗淑貞志明穎欣")

LATIN_SURNAMES: Final = (
    "SMITH", "MARTIN", "MUELLER", "TANAKA", "KIM", "IVANOV", "GARCIA", "ROSSI", "NGUYEN", "OBRIEN", "JANSEN", "LARSEN",
)  # fmt: skip
LATIN_GIVEN: Final = (
    "JOHN", "ANNA", "PAUL", "MARIA", "PETER", "ELENA", "THOMAS", "YUKI", "MIN JUN", "SOFIA", "DAVID", "LAURA",
)  # fmt: skip

COUNTRIES: Final = (
    ("USA", "840"),
    ("JPN", "392"),
    ("KOR", "410"),
    ("DEU", "276"),
    ("FRA", "250"),
    ("GBR", "826"),
    ("CAN", "124"),
    ("AUS", "036"),
    ("SGP", "702"),
    ("MYS", "458"),
    ("RUS", "643"),
    ("VNM", "704"),
)
"""ISO 3166-1 alpha-3 with the numeric code that a permanent-residence number of 2023 carries."""

REGIONS: Final = (
    ("110105", "北京市", "北京市", "朝阳区"),
    ("310115", "上海市", "上海市", "浦东新区"),
    ("440305", "广东省", "深圳市", "南山区"),
    ("330106", "浙江省", "杭州市", "西湖区"),
    ("320505", "江苏省", "苏州市", "虎丘区"),
    ("510104", "四川省", "成都市", "锦江区"),
    ("420106", "湖北省", "武汉市", "武昌区"),
    ("370202", "山东省", "青岛市", "市南区"),
    ("610113", "陕西省", "西安市", "雁塔区"),
    ("350203", "福建省", "厦门市", "思明区"),
    ("430102", "湖南省", "长沙市", "芙蓉区"),
    ("210202", "辽宁省", "大连市", "中山区"),
    ("120101", "天津市", "天津市", "和平区"),
    ("500103", "重庆市", "重庆市", "渝中区"),
    ("530102", "云南省", "昆明市", "五华区"),
    ("450102", "广西壮族自治区", "南宁市", "兴宁区"),
    ("150102", "内蒙古自治区", "呼和浩特市", "新城区"),
    ("640104", "宁夏回族自治区", "银川市", "兴庆区"),
    ("650102", "新疆维吾尔自治区", "乌鲁木齐市", "天山区"),
    ("540102", "西藏自治区", "拉萨市", "城关区"),
)

STREETS: Final = (
    "桂影路",
    "听澜街",
    "望舒巷",
    "云栖东路",
    "松涛路",
    "白鹭大道",
    "青梧街",
    "知行路",
    "远帆路",
    "杏花里",
)
HOUSING: Final = ("明月苑", "和风花园", "星河里", "翠竹小区", "书香府", "金穗家园")

OCCUPATIONS: Final = (
    "职员",
    "工人",
    "教师",
    "农民",
    "个体经营者",
    "医生",
    "工程师",
    "公务员",
    "司机",
    "会计",
    "自由职业者",
)

TRADE_FIRST: Final = tuple("鸿云瑞恒启盛晟嘉博远泰昌锦卓")
TRADE_SECOND: Final = tuple("舟帆岳川禾达澜桥麓霖源创")
INDUSTRIES: Final = ("贸易", "科技", "机械", "餐饮管理", "物流", "建材", "服装", "农业发展", "信息技术", "医药")

MOBILE_PREFIXES: Final[tuple[str, ...]] = (
    *(f"13{digit}" for digit in "012356789"),
    *(f"15{digit}" for digit in "012356789"),
    *(f"17{digit}" for digit in "678"),
    *(f"18{digit}" for digit in "012356789"),
    *("191", "198", "199"),
)
