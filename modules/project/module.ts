// 项目: contents page. Register, members, life cycle with its gates, portfolio.
import { defineModule } from '@yingzao/kernel/entity'
import { projectMember } from './member.entity.ts'
import { project } from './project.entity.ts'

export default defineModule({
  name: 'project',
  label: { zh: '项目', en: 'Projects' },
  needs: ['organisation'],
  entities: [project, projectMember],
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
  menu: { under: 'plan', order: 10, icon: 'project', items: [{ entity: 'project' }, { entity: 'project_member' }] },
})
