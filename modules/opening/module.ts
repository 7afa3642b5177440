// 期初: contents page. Running projects taken over with what was measured, due, paid, invoiced and spent before.
import { choice, defineModule, sequence, step } from '@yingzao/kernel/entity'
import { opening, openingAdvance, openingContract, openingCost, openingDebt } from './opening.entity.ts'

export default defineModule({
  name: 'opening',
  label: { zh: '期初', en: 'Openings' },
  needs: [
    'organisation',
    'project',
    'cost-item',
    'counterparty',
    'budget',
    'contract',
    'cost-center',
    'bank-account',
    'claim',
    'loan',
  ],
  entities: [opening, openingContract, openingCost, openingDebt, openingAdvance],
  flows: [
    {
      name: 'opening',
      label: { zh: '期初审批', en: 'Approval of openings' },
      root: sequence(
        choice(
          [
            {
              when: 'project != null',
              block: step('manager', { zh: '项目经理', en: 'Project manager' }, { role: 'project_manager' }),
            },
          ],
          step('boss', { zh: '总经理', en: 'Managing director' }, { role: 'boss' }),
        ),
        step('finance', { zh: '财务', en: 'Finance' }, { role: 'finance' }),
      ),
      escalation: step('over_budget', { zh: '超预算加签', en: 'Beyond the target' }, { role: 'boss' }),
    },
  ],
  refusals: {
    empty: {
      zh: '请填写合同、成本、往来或借支的期初',
      en: 'Enter contracts, cost to date, debts or advances',
    },
    whose: { zh: '请选择项目，或公司', en: 'Choose the project, or the company' },
    of_project: {
      zh: '合同与成本期初属于项目，请选择项目；公司的往来另建一张',
      en: 'Contracts and cost are of a project: choose it, and take over debts of the company by themselves',
    },
    other_project: {
      zh: '合同不属于这个项目，请改选，或在它的项目另建期初',
      en: 'The contract belongs to another project: choose another, or take it over with that project',
    },
    direction: {
      zh: '收支与合同不符，请改为合同的收支方向',
      en: 'The direction is not that of the contract: set it as the contract says',
    },
    twice: { zh: '合同重复，请合并为一行', en: 'The contract stands here twice: make one line of both' },
    begun: {
      zh: '合同“{name}”在系统内已有计量、收付或发票，不能再做期初',
      en: '{name} is under way here already: what was measured, paid or invoiced cannot be taken over beside it',
    },
    over_sum: {
      zh: '累计计量超过现合同额 {sum}，请先登记并审批变更',
      en: 'More is measured than the contract with its changes, {sum}: register and approve the changes first',
    },
    cost_differs: {
      zh: '合同计量（成本口径）{measured} 与成本期初中该合同的 {cost} 不一致，请核对成本科目的金额',
      en: 'Measured on cost basis is {measured}, the cost lines of the contract are {cost}: make them equal',
    },
    cost_alone: {
      zh: '成本期初的合同不在合同期初中，请先添加该合同，或留空表示无合同成本',
      en: 'The contract of this cost is not among the contracts above: add it, or leave it empty',
    },
    control: {
      zh: '与明细合计 {sum} 不一致，请核对明细或控制数',
      en: 'The lines add up to {sum}: check the lines, or the control total',
    },
    built_on: {
      zh: '合同“{name}”在期初之后已有 {document}，请先红冲或作废',
      en: '{document} builds on what was taken over of {name}: reverse or void it first',
    },
    settled: {
      zh: '“{name}”的期初往来已由 {document} 申请或清偿，请先红冲或作废',
      en: '{document} asked for or settled what {name} was taken over with: reverse or void it first',
    },
    whole: {
      zh: '期初只能整张红冲；改正请整张红冲后重新登记',
      en: 'An opening is reversed whole: reverse it, then enter it anew',
    },
  },
  menu: { under: 'cost', order: 90, icon: 'cost', items: [{ entity: 'opening' }] },
})
