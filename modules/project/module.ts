// 项目: contents page. Register, members, life cycle with its gates, portfolio.
import { choice, defineModule, inBand, parallel, sequence, step } from '@yingzao/kernel/entity'
import { projectGate } from './gate.entity.ts'
import { projectMember } from './member.entity.ts'
import { project } from './project.entity.ts'

export default defineModule({
  name: 'project',
  label: { zh: '项目', en: 'Projects' },
  needs: ['organisation'],
  entities: [project, projectMember, projectGate],
  flows: [
    {
      name: 'project_gate',
      label: { zh: '项目关口审批', en: 'Project gates' },
      root: sequence(
        parallel(
          step(
            'office',
            { zh: '项目管理办公室审核', en: 'PMO' },
            { role: 'pmo' },
            { timeout: { hours: 16, next: 'superior' }, fields: { condition: 'edit' } },
          ),
          step(
            'finance',
            { zh: '财务会签', en: 'Finance' },
            { role: 'finance' },
            { timeout: { hours: 16, next: 'superior' } },
          ),
        ),
        choice(
          [
            {
              label: { zh: '合同额 1000 万以下', en: 'Contract below 10 million' },
              when: inBand('contract_amount', null, '10000000'),
              block: sequence(),
            },
          ],
          step(
            'boss',
            { zh: '总经理审批', en: 'Managing director' },
            { role: 'boss' },
            { must: true, fields: { condition: 'edit' } },
          ),
        ),
      ),
    },
  ],
  scopes: {
    project: {
      entity: 'project',
      members: {
        entity: 'project_member',
        project: 'project',
        user: 'user',
        from: 'from_on',
        to: 'to_on',
        role: 'role',
      },
    },
  },
  refusals: {
    not_deductible: {
      zh: '项目按简易计税，进项税不能抵扣，请清空',
      en: 'The project is under the simplified method: no input VAT is deducted, leave it empty',
    },
    gate_not_now: {
      zh: '项目处于“{stage}”，不能申请“{gate}”。请核对项目阶段',
      en: 'A project that is “{stage}” cannot pass “{gate}”: check its stage',
    },
    start_needs: {
      zh: '开工前还缺：{missing}。请先在项目资料中补齐',
      en: 'Before the project can start it still needs: {missing}. Fill these in on the project first',
    },
    not_a_project_role: {
      zh: '“{role}”不是项目角色，请选择可在项目任职的角色',
      en: '“{role}” cannot be held at a project: choose another role',
    },
    closed: {
      zh: '项目“{name}”已关闭，不能再修改；需要时请先由项目管理办公室重新打开',
      en: 'Project “{name}” is closed and cannot be changed; ask the PMO to reopen it',
    },
  },
  menu: {
    under: 'plan',
    order: 10,
    icon: 'project',
    items: [{ entity: 'project' }, { entity: 'project_member' }, { entity: 'project_gate' }],
  },
})
