// The words of `plan quality`: checks and what to do about their findings.
import type { CheckId, Repair } from '@yingzao/engines/quality'
import type { Text } from './command.ts'

export const checkText: Readonly<Record<CheckId, Text>> = {
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

export const repairText: Readonly<Record<Repair, Text>> = {
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
