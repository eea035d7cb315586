//! The words between a name and its number: 已一举跃升至, 稳定在, 最大班为. Refuses
//! what only says by how much something changed (提高了), what is rounded (约) and
//! what is demanded (不低于): no number behind those is the figure.

use super::claim::Sense;
use super::words::one_of;

/// How something came to be what it is; changes nothing of what it is.
const ADVERBS: &str = "已经 已 现已 均已 都已 均 都 全部 一举 成功 顺利 首次 历史性 稳步 稳中有升 稳定 大幅度 大幅 持续 \
    不断 进一步 逐步 显著 明显 迅速 快速 加速 有效 始终 一直 一路 继续 仍然 仍 尚 还 依然 再次 又 更 实现了 实现 做到了 做到 也 则 \
    最终 终于 圆满 全面 总体 基本 就 便";
/// Changes that end in what is there: with 到 or 至 behind them.
const CHANGES: &str = "提高 提升 增加 增长 增 上升 跃升 攀升 爬升 抬升 回升 飙升 上涨 上调 调高 攀高 扩大 扩充 扩增 升 跃 \
    充实 壮大 拓展 恢复 发展 下降 降低 压降 降 减少 压减 缩减 减 压缩 缩小 收窄 回落 下调 调低 下探 调整 优化 改善 推高 拉升";
/// Changes that take 为 as well.
const CHANGES_INTO: &str = "提高 提升 增加 上升 升 扩大 下降 降低 降 减少 缩小 调整 变更 变";
/// What lasts: with 在 or 于 behind it, or nothing.
const LASTING: &str = "稳定 保持 维持 稳 固定 定格 停留";
/// What says that the number is there.
const BEING: &str = "达到了 达到 达至 达 高达 低至 多达 处于 总计 总共 一共 共计 合计 合共 共有 实际为 实际 实有 只有 仅有 \
    仅为 仅 只 为 是 共 有 计 ~~ : = |";
/// What says that the figure is beyond the number.
const BEYOND: &str = "超过了 超过 突破了 突破 跨越 跨过 越过 迈过 迈上 站上 冲破 多于 大于 超 逾";
/// What says that the figure is within it.
const WITHIN: &str = "控制在 压减到 压减至";
/// What says that the figure does not reach it.
pub(super) const SHORT_OF: &str = "不足 不到 未满";
/// The class, room or school that 最大 and 最小 speak of.
const OF_WHICH: &str = "的班级 的班额 的教学班 的班 班额 班级 教学班 班 值 的";

/// The words between a name and its number at a position.
pub(super) fn filler(chars: &[char], at: usize) -> Option<(Sense, usize)> {
    let of = |sense: Sense| move |length: usize| (sense, length);
    extreme(chars, at)
        .or_else(|| one_of(WITHIN, chars, at).map(of(Sense::AtMost)))
        .or_else(|| one_of(SHORT_OF, chars, at).map(of(Sense::AtMost)))
        .or_else(|| one_of(BEYOND, chars, at).map(of(Sense::AtLeast)))
        .or_else(|| change(chars, at).or_else(|| lasting(chars, at)).map(of(Sense::Is)))
        .or_else(|| one_of(BEING, chars, at).or_else(|| one_of(ADVERBS, chars, at)).map(of(Sense::Is)))
}

/// How far words go that say what something became: 提高到, 已一举跃升至.
pub(super) fn becomes(chars: &[char], at: usize) -> Option<usize> {
    let mut end = at;
    for _ in 0..4 {
        if let Some(length) = change(chars, end) {
            return Some(end + length - at);
        }
        end += one_of(ADVERBS, chars, end)?;
    }
    None
}

/// Whether 控制在 stands here, behind which there may be a limit or the figure itself.
pub(super) fn is_held(chars: &[char], at: usize) -> bool {
    one_of("控制在", chars, at).is_some()
}

/// 提高到, 升至, 降为.
fn change(chars: &[char], at: usize) -> Option<usize> {
    let with = |stems: &str, marks: &str| {
        let stem = one_of(stems, chars, at)?;
        let mark = one_of(marks, chars, at + stem)?;
        Some(stem + mark)
    };
    with(CHANGES, "到了 到 至").or_else(|| with(CHANGES_INTO, "为"))
}

/// 稳定在, 保持.
fn lasting(chars: &[char], at: usize) -> Option<usize> {
    let stem = one_of(LASTING, chars, at)?;
    let mark = one_of("在了 在 于 为", chars, at + stem);
    (mark.is_some() || stem > 1).then_some(stem + mark.unwrap_or(0))
}

/// 最大为, 最小班, 最高的班额是.
fn extreme(chars: &[char], at: usize) -> Option<(Sense, usize)> {
    let (sense, length) = one_of("最大 最高 最多 最长", chars, at)
        .map(|length| (Sense::AtMost, length))
        .or_else(|| one_of("最小 最低 最少 最短", chars, at).map(|length| (Sense::AtLeast, length)))?;
    let length = length + one_of(OF_WHICH, chars, at + length).unwrap_or(0);
    Some((sense, length))
}
