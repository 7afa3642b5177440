// Only content that can be laid out is kept in a template; its size is told by the register.
import type { Json } from '@yingzao/kernel/entity'
import { hooks } from '@yingzao/kernel/server'
import { planTemplate } from './template.entity.ts'
import { contentOf, templateFigures } from './template.ts'

export default hooks(planTemplate, {
  async beforeSave(_, record, before) {
    if (before && JSON.stringify(record.content) === JSON.stringify(before.content)) return undefined
    const content = contentOf(record.content)
    return { content: json(content), ...templateFigures(content) }
  },
})

const json = (value: object): Json => JSON.parse(JSON.stringify(value))
