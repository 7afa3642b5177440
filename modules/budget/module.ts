// 目标成本: contents page. What a project may cost, in versions; the ledger that spending is measured by, and its limits.
import { defineModule, f, sequence, step } from '@yingzao/kernel/entity'
import { budget, budgetLine } from './budget.entity.ts'
import { budgetLedger, budgetLimits } from './budget.ledger.ts'
import { expectedChange } from './expected-change.entity.ts'
import { expectedLedger, expectedLimits } from './expected-change.ledger.ts'

export default defineModule({
  name: 'budget',
  label: { zh: '目标成本', en: 'Target cost' },
  needs: ['organisation', 'project', 'cost-item'],
  entities: [budget, budgetLine, expectedChange],
  ledgers: [budgetLedger, expectedLedger],
  limits: [...budgetLimits, ...expectedLimits],
  flows: [
    {
      name: 'budget',
      label: { zh: '目标成本审批', en: 'Approval of target cost' },
      root: sequence(
        step('manager', { zh: '项目经理', en: 'Project manager' }, { role: 'project_manager' }),
        step('boss', { zh: '总经理', en: 'Managing director' }, { role: 'boss' }),
      ),
    },
  ],
  actions: [
    {
      name: 'budget.standing',
      label: { zh: '目标成本执行', en: 'Where the targets stand' },
      needs: 'budget:read',
      reads: true,
      input: { project: f.ref('project', { zh: '项目', en: 'Project' }, { required: true }) },
    },
  ],
  refusals: {
    expects_nothing: {
      zh: '请填写预计金额，可为负，不能为 0',
      en: 'Say how much is expected: more or less, not nothing',
    },
    expected_used: {
      zh: '“{name}”已全部落实，没有可红冲的余额',
      en: '“{name}” has come altogether: nothing of it is left to reverse',
    },
    contingency_not_spent: {
      zh: '不可预见费不直接签约或列支，请先在目标成本中“调剂”到要用的科目',
      en: 'Contingency is not bound or spent directly: transfer it to the item that needs it first',
    },
    why_drawn: {
      zh: '这一版动用了不可预见费，请选择动用原因',
      en: 'This version draws on contingency: say why',
    },
    has_version: {
      zh: '项目已有生效的目标成本“{name}”，请在其上“调整”或“调剂”',
      en: 'The project has an effective target cost already, “{name}”: adjust it, or transfer between its items',
    },
    in_work: {
      zh: '“{name}”还没有生效，请先完成或删除它',
      en: '“{name}” is not effective yet: finish or delete that first',
    },
    other_project: {
      zh: '目标成本不能换项目，请删除后在另一项目新建',
      en: 'A target cost stays in its project: delete it and make one in the other',
    },
    removed: {
      zh: '上一版本的科目不能删除或更换，请把不再需要的科目数量改为 0',
      en: 'What stood in the version before is not removed or exchanged: set its quantity to 0 instead',
    },
    nested: {
      zh: '上级科目已有目标，同一笔费用只能受一个科目控制；请只在上级或只在下级编目标',
      en: 'An item above it has a target already: give one to the item above or to those below, not to both',
    },
    leaf_used: {
      zh: '“{title}”已有目标成本或已签约金额，不能再分下级；请在它旁边新建科目',
      en: '“{title}” has a target or contracts of its own: make the new item beside it, not below it',
    },
    not_chosen: {
      zh: '项目没有选用这个科目，请先在项目的“成本科目”中选用',
      en: 'The project does not use this item: choose it under the project’s cost items first',
    },
  },
  menu: {
    under: 'cost',
    order: 10,
    icon: 'target',
    items: [{ entity: 'budget' }, { entity: 'expected_change', order: 18 }],
  },
})
