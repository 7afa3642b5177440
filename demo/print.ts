// The demo's own form: target costs are printed with boxes for those who sign, as the company's rules ask.
import type { Json } from '@yingzao/kernel/entity'
import type { Client } from '@yingzao/platform/client'
import type { PrintBlock, PrintTemplate } from '@yingzao/platform/client/print'
import type { Both } from './plan/builder.ts'

/** By whoever keeps the forms; published at once. */
export async function loadPrintTemplate(keeper: Client, lang: 'zh' | 'en', t: (both: Both) => string): Promise<void> {
  const { template } = await keeper.perform<{ template: PrintTemplate }>('print_template.declared', {
    entity: 'budget',
    lang,
  })
  const boxes: readonly (readonly [Both, string])[] = [
    [['编制：', 'Prepared by:'], '{created_by}'],
    [['审核：', 'Checked by:'], ''],
    [['批准：', 'Approved by:'], ''],
  ]
  const signatures: PrintBlock = { is: 'signatures', boxes: boxes.map(([label, name]) => ({ label: t(label), name })) }
  const content: Json = JSON.parse(
    JSON.stringify({
      ...template,
      head: { ...template.head, title: t(['项目目标成本审批表', 'Project target cost']) },
      blocks: [...template.blocks, signatures],
      note: t(['本表经批准后生效，复印件无效', 'Valid once approved; photocopies are not']),
    }),
  )
  const name = t(['目标成本审批表', 'Target cost form'])
  const made = await keeper.entity('print_template').create({ name, entity: 'budget', lang, content })
  await keeper.entity('print_template').run(made.id, 'publish')
}
