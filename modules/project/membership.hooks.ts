// A membership is a role held at the project (the module registers it so): only roles that can be held there will do.
import { asSystem, get, hooks, refuse } from '@yingzao/kernel/server'
import { projectMember } from './member.entity.ts'
import { project } from './project.entity.ts'

export default hooks(projectMember, {
  async beforeSave(ctx, record) {
    const owner = await get(asSystem(ctx), project, record.project)
    const role = await get(asSystem(ctx), 'role', record.role)
    if (!Array.isArray(role.places) || !role.places.includes('project'))
      throw refuse('project.not_a_project_role', { role: String(role[`label_${ctx.lang}`]) })
    return { company: owner.company }
  },
})
