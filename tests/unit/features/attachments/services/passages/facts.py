"""Fifteen facts in English and Chinese, each with a question in its own words and one in other words, for tests of the search."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    text: str
    keywords: str
    """A question with words of the text."""
    paraphrase: str
    """A question with none, or hardly any, of its words."""


ENGLISH = (
    Fact(
        "Every employee receives twenty-eight days of paid annual leave per calendar year.",
        "How many days of annual leave does an employee receive?",
        "How much holiday can staff members take?",
    ),
    Fact(
        "Invoices must be settled within thirty days of the date of issue.",
        "Within how many days must invoices be settled?",
        "What is the deadline for paying bills?",
    ),
    Fact(
        "The laboratory refrigerator must stay between two and eight degrees Celsius.",
        "Which temperature in degrees Celsius must the laboratory refrigerator have?",
        "How cold should samples be kept?",
    ),
    Fact(
        "Visitors park in the underground garage on level B2, entrance Mill Street.",
        "On which level of the garage do visitors park?",
        "Where can guests leave their cars?",
    ),
    Fact(
        "The warranty on the water pump covers five years or ten thousand operating hours.",
        "How many operating hours does the warranty on the water pump cover?",
        "For how long is the device guaranteed against failure?",
    ),
    Fact(
        "Passwords expire after ninety days and need at least twelve characters.",
        "When do passwords expire and how many characters do they need?",
        "How often do I have to choose a new login secret?",
    ),
    Fact(
        "The bridge was closed to lorries heavier than seven and a half tonnes in March.",
        "For lorries of how many tonnes was the bridge closed?",
        "Which trucks may no longer cross the river?",
    ),
    Fact(
        "The quarterly revenue of the northern region rose by eleven percent to 4.2 million euros.",
        "By how many percent did revenue of the northern region rise?",
        "How well did sales develop up there?",
    ),
    Fact(
        "In case of fire, leave by the nearest staircase and gather at the flagpole.",
        "Where do we gather in case of fire?",
        "What is the meeting point after an evacuation?",
    ),
    Fact(
        "Children under six travel free of charge on all ferries.",
        "Do children under six travel free on ferries?",
        "Do toddlers need a ticket for the boat?",
    ),
    Fact(
        "The recipe needs two hundred grams of almond flour and three egg whites.",
        "How many grams of almond flour does the recipe need?",
        "What ingredients go into the cake?",
    ),
    Fact(
        "The satellite orbits the Earth every ninety-four minutes at an altitude of 520 kilometres.",
        "At which altitude does the satellite orbit the Earth?",
        "How high above the ground does the spacecraft fly?",
    ),
    Fact(
        "The tenant gives notice of three months in writing to the landlord.",
        "How many months of notice does the tenant give to the landlord?",
        "How far in advance do I cancel renting the flat?",
    ),
    Fact(
        "Antibiotic treatment is continued for seven days even when the fever has gone.",
        "For how many days is antibiotic treatment continued when the fever has gone?",
        "May a patient stop the medicine as soon as she feels better?",
    ),
    Fact(
        "The library lends up to six books for four weeks, renewable twice online.",
        "How many books does the library lend, and for how many weeks?",
        "What is the maximum number of novels I can borrow?",
    ),
)
CHINESE = (
    Fact("每位员工每个日历年享有二十八天带薪年假。", "员工享有多少天带薪年假？", "职员一年能放几天假？"),
    Fact("发票必须在开具之日起三十天内结清。", "发票必须在多少天内结清？", "付账的最后期限是什么时候？"),
    Fact("实验室冰箱的温度必须保持在二至八摄氏度之间。", "实验室冰箱的温度是多少摄氏度？", "样品应该存放得多冷？"),
    Fact("访客请把车停在地下车库B2层，入口在磨坊街。", "访客把车停在地下车库哪一层？", "来宾在哪里泊车？"),
    Fact("水泵的保修期为五年或一万个运行小时。", "水泵的保修期是多少运行小时？", "设备坏了多久之内免费修理？"),
    Fact("密码九十天后过期，至少需要十二个字符。", "密码多少天后过期，需要多少字符？", "登录口令隔多久要换新的？"),
    Fact("三月起，大桥禁止七吨半以上的货车通行。", "大桥禁止多少吨以上的货车通行？", "哪些卡车不能过河？"),
    Fact("北部地区的季度营收增长百分之十一，达到四百二十万欧元。", "北部地区的季度营收增长多少？", "那边卖得怎么样？"),
    Fact("发生火灾时，请从最近的楼梯离开，在旗杆处集合。", "发生火灾时在哪里集合？", "疏散以后大家去什么地方？"),
    Fact("六岁以下儿童乘坐所有渡轮均免费。", "六岁以下儿童乘坐渡轮免费吗？", "小孩坐船要买票吗？"),
    Fact("这个食谱需要二百克杏仁粉和三个蛋白。", "食谱需要多少克杏仁粉？", "做蛋糕要用哪些原料？"),
    Fact("卫星在五百二十公里的高度每九十四分钟绕地球一周。", "卫星在多少公里的高度绕地球一周？", "航天器飞得多高？"),
    Fact("租户须提前三个月以书面形式通知房东。", "租户须提前几个月通知房东？", "退租要多早说？"),
    Fact("即使退烧，抗生素治疗也要持续七天。", "退烧后抗生素治疗要持续几天？", "病人感觉好了就能停药吗？"),
    Fact(
        "图书馆最多可借六本书，借期四周，可在线续借两次。",
        "图书馆最多可借几本书，借期几周？",
        "一次能拿回家看的小说最多几册？",
    ),
)
