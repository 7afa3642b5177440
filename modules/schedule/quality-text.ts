// The words of plan quality, on the page and in the terminal: checks, what they mean, findings, and what to do about them.
import type { CheckId, FindingCode, Repair } from '@yingzao/engines/quality'
import type { Label } from '@yingzao/kernel/entity'

export const checkText: Readonly<Record<CheckId, Label>> = {
  logic: { zh: '逻辑关系缺失', en: 'missing logic' },
  leads: { zh: '负延隔', en: 'leads' },
  lags: { zh: '正延隔', en: 'lags' },
  relationship_types: { zh: '完成-开始关系占比', en: 'finish-to-start links' },
  hard_constraints: { zh: '强制约束', en: 'hard constraints' },
  high_float: { zh: '总时差过大', en: 'high float' },
  negative_float: { zh: '负时差', en: 'negative float' },
  high_duration: { zh: '工期过长', en: 'high duration' },
  invalid_dates: { zh: '日期无效', en: 'invalid dates' },
  resources: { zh: '未分配资源', en: 'no resources' },
  missed_tasks: { zh: '未按基线完成', en: 'missed tasks' },
  critical_path_test: { zh: '关键路径测试', en: 'critical path test' },
  critical_path_length_index: { zh: '关键路径长度指数 CPLI', en: 'critical path length index' },
  baseline_execution_index: { zh: '基线执行指数 BEI', en: 'baseline execution index' },
}

export const repairText: Readonly<Record<Repair, Label>> = {
  add_predecessor: { zh: '补一条紧前关系', en: 'add a predecessor' },
  add_successor: { zh: '补一条紧后关系', en: 'add a successor' },
  split_lead_into_task: { zh: '把提前搭接的部分拆成单独任务', en: 'split off the overlapping part as a task' },
  turn_lag_into_task: { zh: '把等待时间改成任务', en: 'make the waiting time a task' },
  use_finish_to_start: { zh: '拆分任务，改用完成-开始关系', en: 'split the task and link finish to start' },
  use_soft_constraint_or_deadline: { zh: '改用截止日期或“不得早于”', en: 'use a deadline or "no earlier than"' },
  link_or_shorten_float: { zh: '检查是否漏了紧后关系', en: 'look for a missing successor' },
  shorten_path_or_move_deadline: { zh: '压缩路径或调整截止日期', en: 'shorten the path or move the deadline' },
  break_into_shorter_tasks: { zh: '拆成较短的任务', en: 'break it into shorter tasks' },
  correct_actual_date: { zh: '更正实际日期', en: 'correct the actual date' },
  report_progress_or_move_after_status_date: {
    zh: '填报进度，或把剩余工作移到状态日期之后',
    en: 'report progress or move what is left after the status date',
  },
  assign_resource_or_cost: { zh: '分配资源或成本', en: 'assign a resource or a cost' },
  recover_or_rebaseline: { zh: '赶工，或经批准更新基线', en: 'recover, or approve a new baseline' },
  remove_what_holds_the_finish: { zh: '找出并解除固定完工日期的约束', en: 'remove what holds the finish' },
}

/** What a check looks for, for people who never heard of it. */
export const meaningText: Readonly<Record<CheckId, Label>> = {
  logic: {
    zh: '未完成的任务应当既有紧前又有紧后，否则别处的延误传不到它，它的延误也传不出去。',
    en: 'Every unfinished task needs a predecessor and a successor; else a delay neither reaches it nor leaves it.',
  },
  leads: {
    zh: '负延隔让后续任务在前面完成之前就开始，关键路径因此说不清。',
    en: 'A lead lets a task begin before the one it waits for has ended, which hides the critical path.',
  },
  lags: {
    zh: '延隔是看不见的等待：没有名称、没有负责人，也没法报进度。',
    en: 'A lag is waiting that nobody sees: it has no name, nobody answers for it, and no progress is reported on it.',
  },
  relationship_types: {
    zh: '绝大多数关系应当是“完成-开始”，读得懂，也算得清。',
    en: 'Nearly all links should run from finish to start: easy to read, and easy to compute with.',
  },
  hard_constraints: {
    zh: '强制日期不随逻辑移动，前面延误了它也不动，计划就不再说真话。',
    en: 'A hard date does not move with the logic: when something before it slips, the plan no longer tells the truth.',
  },
  high_float: {
    zh: '时差超过 44 个工作日，多半是漏了紧后关系。',
    en: 'More than 44 working days of float usually means that a successor is missing.',
  },
  negative_float: {
    zh: '时差为负：按现在的安排，期限已经保不住。',
    en: 'Below zero: as things stand, a deadline is already missed.',
  },
  high_duration: {
    zh: '超过 44 个工作日的任务看不出进展，等发现延误已经太晚。',
    en: 'Progress of a task longer than 44 working days cannot be seen; a delay shows too late.',
  },
  invalid_dates: {
    zh: '状态日期之后不会有“实际”，之前也不会有“计划”。',
    en: 'Nothing has happened yet after the status date, and nothing is still planned before it.',
  },
  resources: {
    zh: '一天以上的任务应当有人、有机械或有费用。',
    en: 'A task of a day or more needs people, a machine or a cost.',
  },
  missed_tasks: {
    zh: '按基线到状态日期应当完成、却晚于基线完成的任务。',
    en: 'Tasks due by the status date after the baseline, and finished or forecast later than that.',
  },
  critical_path_test: {
    zh: '把一个关键任务推迟 600 天，完工应当同样推迟；推不动，就有日期卡住了计划。',
    en: 'When a critical task is made 600 days longer, the finish must move as much; if not, some date holds the plan.',
  },
  critical_path_length_index: {
    zh: '（剩余关键路径 + 到承诺完工的时差）÷ 剩余关键路径；低于 1 须赶工。',
    en: '(Critical path left + float to the promised finish) ÷ critical path left; below 1 it takes recovery.',
  },
  baseline_execution_index: {
    zh: '实际完成的任务数 ÷ 按基线应当完成的任务数。',
    en: 'Tasks finished ÷ tasks that the baseline has finished by the status date.',
  },
}

/** What is wrong with one task; `{value}` is in working days, except for the critical path test, which shows a share. */
export const findingText: Readonly<Record<FindingCode, Label>> = {
  no_predecessor: { zh: '没有紧前任务', en: 'no predecessor' },
  no_successor: { zh: '没有紧后任务', en: 'no successor' },
  lead: { zh: '与“{from}”搭接 {value} 天', en: 'lead of {value} d on “{from}”' },
  lag: { zh: '“{from}”之后等待 {value} 天', en: 'lag of {value} d after “{from}”' },
  other_than_finish_to_start: { zh: '与“{from}”是 {type} 关系', en: '{type} link with “{from}”' },
  hard_constraint: { zh: '有强制日期', en: 'held by a hard date' },
  high_float: { zh: '总时差 {value} 天', en: 'total float {value} d' },
  negative_float: { zh: '总时差 {value} 天', en: 'total float {value} d' },
  high_duration: { zh: '工期 {value} 天', en: 'duration {value} d' },
  actual_in_future: { zh: '实际日期晚于状态日期', en: 'an actual date after the status date' },
  planned_in_past: { zh: '未完成的工作排在状态日期之前', en: 'unfinished work before the status date' },
  no_resource: { zh: '没有资源和费用', en: 'neither resource nor cost' },
  missed_baseline: { zh: '比基线晚 {value} 天', en: '{value} d later than the baseline' },
  not_driving_finish: { zh: '推迟后完工只移动应有的 {value}', en: 'the finish moved only {value} of what it should' },
}
