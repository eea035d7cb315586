//! The words by which a narrative qualifies its numbers, by what they do. A table
//! and its look-up; what a word does in its place is no matter of this file.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::numbers::starts;

/// What a word does to the numbers behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The year that is assessed: 本年度, 目前.
    Now,
    /// Another time: 上年, 近三年.
    Past,
    /// What is aimed at or supposed: 力争, 预计, 目标.
    Goal,
    /// The same, until a heading turns to something else: 下一步.
    Ahead,
    /// What is demanded: 标准, 要求.
    Norm,
    /// Says that something must be, so that 以上 may be a demand: 确保.
    Aim,
    /// The district: 全区.
    Own,
    /// The city, which a district is not: 全市.
    City,
    /// Another place, or all of them: 全国, 平均水平.
    Elsewhere,
    /// A part of the schools or people, if the sentence turns to it: 民办学校.
    Part,
    /// A single school or area, wherever it stands: 中学, 学区.
    Place,
    /// Parts of what was named before: 其中.
    Among,
    /// A stage of education, if the sentence turns to it.
    Stage(Stage),
    /// Says that a demand or a goal is spoken of as met: 完成, 符合.
    Done,
    /// May stand before a name and leaves it as it is: 共有.
    Lead,
    /// A phrase that contains a word of another kind and is not meant so.
    Plain,
}

/// A stage that figures are told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// 学前.
    Nursery,
    /// 小学.
    Primary,
    /// 初中.
    Junior,
    /// 普通高中.
    Senior,
    /// 职业学校.
    Vocational,
    /// More than one.
    Several,
}

/// Words by what they do. Of two that start at the same place the longer one counts.
const WORDS: &[(Kind, &str)] = &[
    (
        Kind::Now,
        "本年度 本年 今年 本学年 本学年度 本学期 今年以来 今年来 本年以来 本年度以来 本学年以来 目前 当前 现在 如今 而今 现今 时至今日 \
         截至目前 截止目前 到目前为止 现有 现已 现 至今",
    ),
    (
        Kind::Past,
        "上年 上年度 上一年 上一年度 上学年 上学年度 上学期 去年 前年 往年 历年 近年 近年来 近几年 近两年 近三年 \
         近五年 近两年来 近三年来 近五年来 近几年来 两年来 三年来 四年来 五年来 多年来 十年来 同期 以往 此前 之前 原有 原来 \
         原先 曾 曾经 年初 期初 以来 连续 历次 累计 逐年 过去 从前 以前 先前 早先 起初 最初 当初 昔日 往昔 之初 旧口径 原口径 老口径 原为 原是 原定 整改前 改革前 治理前 \
         调整前 优化前 实施前 改造前 改扩建前 新建前 扩建前 建设前 建成前 督导前 检查前 复查前 核查前 帮扶前 培训前 撤并前 合并前 整合前 消除前 \
         化解前 攻坚前 创建前 提升前 干预前 落实前 推进前 投入前 布局前 接管前 托管前 更正前 修正前 订正前 反馈问题: 反馈的问题: 发现问题: 发现的问题: 指出问题: \
         指出的问题: 前9个月 前10个月 前11个月 上一轮 上轮 首轮 第一轮 “十一五” “十二五” “十三五” 十二五 十三五",
    ),
    (
        Kind::Goal,
        "目标 规划 计划 力争 争取 预计 预期 预测 预算数 将达 将达到 将保持 有望 拟 打算 若 如果 假如 假设 倘若 \
         理论上 理论值 理想状态 任务: 年度任务 主要任务 任务书 责任书 责任状 军令状 承诺书 民生实事 为民办实事 \
         测算 估算 估计 预算: 预算安排 全年预算 年度预算 调整预算 推算 模拟 应达 应达到 应为 应配 应有 期望 愿景 明年 后年 次年 届时 明后年 远期 “十四五” “十五五” \
         十四五 十五五 承诺 目标值 拟于 即将 未来, 力求 \
         通过两年 通过三年 通过五年 通过2年 通过3年 通过5年 用两年 用三年 用五年 一年内 两年内 三年内 五年内 2年内 3年内 5年内",
    ),
    (
        Kind::Ahead,
        "下一步 下步 下一阶段 今后 未来几年 未来三年 未来五年 接下来 工作打算 努力方向 工作方向 改进方向 发展方向 \
         工作设想 工作思路 未来展望 展望未来 下阶段 下一年 新的一年 下学年 下学期 来年",
    ),
    (
        Kind::Norm,
        "明确 提出 要求 标准 规定 指标 底线 控制线 指标值 标准值 要求值 限值 参考值 满分条件 得分条件 评分条件 扣分条件",
    ),
    (Kind::Aim, "确保 保证 保障 必须 严格 应当 务必 使其"),
    (Kind::Own, "全区 我区 本区 全县 我县 本县 全旗 我旗 全域 区域内 辖区内 辖区 全区域 本辖区 区域"),
    (Kind::City, "全市 我市 本市 市域 市域内"),
    (
        Kind::Elsewhere,
        "全国 全省 我省 本省 省内 全市平均 我市平均 全国平均 全省平均 平均水平 其他区 其他县 各区 各县 兄弟区 周边 \
         先进地区 发达地区 外区 外省 北京市 上海市 城六区 同类地区 同类区 中部 西部 东部 OECD",
    ),
    (
        Kind::Part,
        "公办 民办 公办学校 民办学校 公办中小学 民办中小学 公办园 民办园 民办教育 特殊教育 高中教育 社区教育 终身教育 等次 优秀等次 良好等次 合格等次 公立 私立 区内 县内 区外 县外 直属 市直 区直 县直 市属 区属 县属 局属 省属 城区 城镇 城市 县城 城乡结合部 农村 乡村 \
         乡镇 山区 平原 镇区 镇域 郊区 城区学校 农村学校 乡村学校 山区学校 城镇学校 寄宿制学校 小规模学校 九年一贯制学校 \
         完全中学 职业学校 特殊教育学校 特教学校 专门学校 实验学校 教学点 完全小学 外籍 男生 女生 男 女 \
         家长 家长问卷 家长卷 学生问卷 学生卷 教师问卷 教师卷 校长问卷 网络问卷 电话访问 电话调查 网络调查 网站调查 门户网站调查 网上调查 社会公众 社区居民 \
         人大代表 政协委员 区级自测 区级调查 区级测评 自测 校级 抽样 抽查 样本 试点 试点校 新增 新招聘 新聘 新入职 其余 其他 \
         不含 不包括 不计 不考虑 未计 未考虑 除 除去 剔除 非 在编 编外 临聘 班主任 班级 各校 每校 平均每校 校均 班均 月均 人均 最高 最低 最大 最小 \
         起始年级 毕业年级 一年级 二年级 三年级 四年级 五年级 六年级 七年级 八年级 九年级 初一 初二 初三 高一 高二 高三 上半年 下半年 一季度 二季度 三季度 四季度 前三季度 本季度 本月 当月 上月 \
         第一季度 第二季度 第三季度 第四季度 春季学期 秋季学期 上学期 样本校 核定 核定数 编制数 快报 快报数 初报 初报数 上报数 调整后 集团校 核心校 成员校 优质校 薄弱校 以某校为例",
    ),
    (
        Kind::Place,
        "中学 一中 二中 三中 四中 五中 附中 附小 学区 片区 街道 校区 分校 总校 该校 我校 本校 某校 一校 教育集团 责任区",
    ),
    (Kind::Among, "其中"),
    (Kind::Stage(Stage::Nursery), "学前 学前教育 幼儿园"),
    (Kind::Stage(Stage::Primary), "小学 普通小学"),
    (Kind::Stage(Stage::Junior), "初中 普通初中"),
    (Kind::Stage(Stage::Senior), "高中 普通高中"),
    (Kind::Stage(Stage::Vocational), "中职 中等职业学校 中等职业教育 职业高中 职高 职业教育"),
    (Kind::Stage(Stage::Several), "中小学 中小幼 小学初中 小学和初中"),
    (
        Kind::Done,
        "完成 达到 达 实现 符合 满足 高于 低于 超过 超出 优于 好于 严于 达成 落实 实施 执行 推进 贯彻 制定 出台 编制 印发 健全",
    ),
    (
        Kind::Lead,
        "共有 共 有 拥有 实有 计 合计 总计 截至 截止 底 末 月 月底 年底 年末 期末 期间 度 学年 学年度 在 从 对 按 就 以 各 \
         所有 的 阶段 方面 部分 来看 看 而言 义务教育 义务教育阶段 义务教育学校 义务教育阶段学校 一是 二是 三是 四是 五是 \
         六是 七是 八是 九是 十是 同时 此外 另外 另 且 并 和 及 与 以及 使 使得 让 已 已经 实际 \
         全年 全年度 年内 年度内 一年来 一年间 一年以来 近一年来 近一年 整改后 改革后 治理后 优化后 改造后 复查后 帮扶后 \
         经测算 经统计 据统计 经核算 经核实 经核查 经复核 经核对 经审核 经汇总 经梳理 经自查 经查 经测评 据核算 据汇总 据年报 统计显示 \
         数据显示 结果显示 调查显示 监测显示 年报显示 核查显示 测评显示 自查显示 台账显示 报表显示",
    ),
    (
        Kind::Plain,
        "若干 招生计划 行动计划 国家学生体质健康标准 标准化 标准班额 规范标准 指标体系 指标到校 量化指标 各项指标 指标生 目标导向 目标引领 目标责任 目标管理 \
         目标考核 规划引领 高标准 严要求 高要求 要求落实 \
         学区化 学区制 集团化 规划局 规划建设 目标完成 目标达成 目标实现 指标完成 任务完成 目标任务完成 计划完成 规划落实 \
         计划落实 计划实施 规划实施 计划生育 区域内外 中学生 中学校长 高中阶段 非常 现场 现代 现代化 拟定 男女 除险 全市前 全市第 全市首 全市领先 全市先进 全市中上 全市一流 全省前 全省第 全省首 \
         全省领先 全省先进 全国前 全国第 全国首 全国领先 全国先进 除此之外 除此以外 区内外 面向未来 赢得未来 美好未来 奠基未来 此前发现 此前存在 此前反馈 \
         过去存在 上年发现 上年反馈",
    ),
];

/// A word of the tables with its kind.
type Entry = (Vec<char>, Kind);

static TABLE: LazyLock<BTreeMap<char, Vec<Entry>>> = LazyLock::new(|| {
    let mut table: BTreeMap<char, Vec<Entry>> = BTreeMap::new();
    for (kind, words) in WORDS.iter().copied() {
        for word in words.split_whitespace() {
            if let Some(first) = word.chars().next() {
                table.entry(first).or_default().push((word.chars().collect(), kind));
            }
        }
    }
    for entries in table.values_mut() {
        entries.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    }
    table
});

/// The longest word of the tables at a position, and its length.
pub(super) fn word(chars: &[char], at: usize) -> Option<(Kind, usize)> {
    let rest = chars.get(at..)?;
    let entries = TABLE.get(rest.first()?)?;
    entries.iter().find(|(word, _)| rest.starts_with(word)).map(|(word, kind)| (*kind, word.len()))
}

/// How long the word of a list is that stands at a position.
pub(super) fn one_of(words: &str, chars: &[char], at: usize) -> Option<usize> {
    words.split_whitespace().find(|word| starts(chars, at, word)).map(|word| word.chars().count())
}
