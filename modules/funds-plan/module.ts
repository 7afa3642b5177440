// 资金计划: contents page. What projects expect and ask for month by month, what the company allows, and how payments keep to it.
import { defineModule, f, sequence, step } from '@yingzao/kernel/entity'
import { fundsPlan, fundsPlanLine } from './funds-plan.entity.ts'
import { fundsPlanLedger, fundsPlanLimits } from './funds-plan.ledger.ts'
import { fundsRule } from './funds-rule.entity.ts'
import { fundsPlanMetrics } from './metrics.ts'

export default defineModule({
  name: 'funds-plan',
  label: { zh: '资金计划', en: 'Funds plan' },
  needs: [
    'organisation',
    'project',
    'schedule',
    'counterparty',
    'cost-item',
    'contract',
    'bank-account',
    'measurement',
  ],
  entities: [fundsPlan, fundsPlanLine, fundsRule],
  ledgers: [fundsPlanLedger],
  limits: fundsPlanLimits,
  metrics: fundsPlanMetrics,
  flows: [
    {
      name: 'funds_plan',
      label: { zh: '资金计划核定', en: 'Approval of funds plans' },
      root: sequence(
        step('finance', { zh: '财务核定', en: 'Finance decides' }, { role: 'finance' }),
        step('boss', { zh: '总经理', en: 'Managing director' }, { role: 'boss' }),
      ),
    },
  ],
  actions: [
    {
      name: 'funds_plan.company',
      label: { zh: '公司资金计划', en: 'Funds plans of the company' },
      needs: 'funds_plan:read',
      reads: true,
      input: {
        month: f.text({ zh: '月份', en: 'Month' }, { max: 7, pattern: '^20[0-9]{2}-(0[1-9]|1[0-2])$' }),
      },
    },
    {
      name: 'funds_plan.standing',
      label: { zh: '资金计划执行', en: 'How a plan is kept' },
      needs: 'funds_plan:read',
      reads: true,
      input: { plan: f.ref('funds_plan', { zh: '资金计划', en: 'Plan' }, { required: true }) },
    },
  ],
  refusals: {
    has_plan: {
      zh: '项目该月已有资金计划“{name}”，请在其上修改；已生效的请“追加计划”',
      en: 'The project has a plan of that month, “{name}”: change that one, or add a supplement once it is effective',
    },
    in_work: {
      zh: '“{name}”还没有生效，请先完成或删除它',
      en: '“{name}” is not effective yet: finish or delete that first',
    },
    stays: {
      zh: '追加计划不能换项目或月份，请删除后在另一计划上追加',
      en: 'A supplement stays in its project and month: delete it and add to the other plan',
    },
    other_project: { zh: '合同“{name}”属于另一项目，请换合同', en: '“{name}” is of another project: choose another' },
    other_way: {
      zh: '合同“{name}”的收支方向与明细不符，请改收支或换合同',
      en: '“{name}” does not go that way: change in or out, or choose another contract',
    },
    other_company: {
      zh: '项目不属于所选公司，请改选项目或公司',
      en: 'The project is of another company: choose one that fits',
    },
    no_lines: {
      zh: '计划没有明细，请先“按合同与进度生成”或填写明细',
      en: 'The plan has no lines: propose them from contracts and progress, or write them',
    },
    no_line: { zh: '计划中没有这一行，请刷新', en: 'The plan has no such line: reload it' },
    past: {
      zh: '{month} 已经过去，不能再生成计划，请选本月或以后',
      en: '{month} is over: choose this month or a later one',
    },
    month_not_over: {
      zh: '{month} 还没有结束，月末以后再关闭',
      en: '{month} is not over: close it when the month has ended',
    },
    request_moved: {
      zh: '上月未付的付款申请“{note}”已有付款，请退回计划后重新生成',
      en: 'The request “{note}” was paid in the meantime: return the plan and propose its lines again',
    },
  },
  menu: {
    under: 'funds',
    order: 8,
    icon: 'calendar',
    items: [
      {
        page: 'company',
        label: { zh: '公司资金计划', en: 'Funds plans of the company' },
        needs: 'funds_plan',
        order: 1,
      },
      { entity: 'funds_plan', order: 2 },
      { entity: 'funds_rule', order: 3 },
    ],
  },
})
