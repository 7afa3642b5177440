// The PMO's register of plan templates.
import type { Json } from '@yingzao/kernel/entity'
import { planTemplate } from '@yingzao/modules/schedule/template.entity'
import type { Client } from '@yingzao/platform/client'
import type { Both, Lang } from './plan/builder.ts'
import { templates } from './plan/templates.ts'

export async function loadTemplates(pmo: Client, lang: Lang, t: (both: Both) => string): Promise<void> {
  for (const { name, type, description, content } of templates) {
    const rows: Json = JSON.parse(JSON.stringify(content(lang)))
    await pmo
      .entity(planTemplate)
      .create({ name: t(name), project_type: type, description: t(description), content: rows })
  }
}
