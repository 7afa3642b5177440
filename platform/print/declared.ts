// The template of an entity that nobody made one for: its form view, section by section, then trail and attachments.
import type { FieldDef } from '@yingzao/kernel/entity'
import type { Shape } from '@yingzao/kernel/registry/shape'
import type { PrintBlock, PrintTemplate } from '../client/print.ts'

type Lang = 'zh' | 'en'
const words = {
  more: { zh: '其他', en: 'More' },
  trail: { zh: '审批过程', en: 'Approval' },
  attachments: { zh: '附件', en: 'Attachments' },
}

/** Kinds that need the whole width. */
const wide: ReadonlySet<string> = new Set(['long_text', 'multi_ref', 'multi_choice', 'file'])

/** As the screen has it: what the form view names, then what it leaves out; nothing that is quiet or the system's own. */
export function declaredTemplate(shape: Shape, lang: Lang): PrintTemplate {
  const { def } = shape
  const form = Object.values(def.views ?? {}).find(view => view.kind === 'form')
  const named = form?.sections.flatMap(section => section.fields) ?? []
  const rest = Object.entries(def.fields).flatMap(([name, field]) =>
    named.includes(name) || field.quiet || (field.system && !field.formula) ? [] : [name],
  )
  const sections = [
    ...(form?.sections ?? []),
    ...(rest.length > 0 ? [{ fields: rest, ...(form ? { label: words.more } : {}) }] : []),
  ]
  const blocks = sections.flatMap(section => blocksOf(shape, section.label?.[lang] ?? '', section.fields, lang))
  const amount = amountOf(def.fields)
  return {
    landscape: false,
    head: { company: '', title: '', about: aboutOf(shape), logo: true, code: true },
    blocks: [
      ...blocks,
      ...(amount === undefined ? [] : [{ is: 'words', field: amount } satisfies PrintBlock]),
      ...(def.approval === undefined ? [] : [{ is: 'trail', title: words.trail[lang] } satisfies PrintBlock]),
      ...(def.discussion === false || def.kind === 'line'
        ? []
        : [{ is: 'attachments', title: words.attachments[lang] } satisfies PrintBlock]),
    ],
    note: '',
  }
}

function blocksOf(shape: Shape, title: string, names: readonly string[], lang: Lang): PrintBlock[] {
  const blocks: PrintBlock[] = []
  let heading = title
  let plain: { name: string; wide?: boolean }[] = []
  const flush = () => {
    if (plain.length > 0) blocks.push({ is: 'fields', title: heading, columns: 2, fields: plain })
    if (plain.length > 0) heading = ''
    plain = []
  }
  for (const name of names) {
    const field = shape.fields.get(name)
    if (!field || field.def.kind === 'json') continue
    const lines = shape.lines.find(each => each.field === name)
    if (!lines) {
      plain.push({ name, ...(wide.has(field.def.kind) ? { wide: true } : {}) })
      continue
    }
    flush()
    const columns = [...lines.of.fields.values()].flatMap(({ name: of, def, system }) =>
      system || def.quiet || def.kind === 'json' || def.kind === 'lines' || of === lines.of.parent?.field
        ? []
        : [{ name: of }],
    )
    if (columns.length > 0)
      blocks.push({ is: 'lines', title: heading || field.def.label[lang], field: name, columns, totals: true })
    heading = ''
  }
  flush()
  return blocks
}

/** What names a record in the head: its number or code, and where it stands. */
function aboutOf(shape: Shape): string[] {
  const serial = [...shape.fields.values()].find(({ def }) => def.kind === 'serial')
  return [...(serial ? [serial.name] : []), ...['state', 'stage'].filter(name => shape.fields.has(name))]
}

/** The amount that a document is about: the total of its lines, or what is plainly called its amount. */
function amountOf(fields: Readonly<Record<string, FieldDef>>): string | undefined {
  const money = Object.entries(fields).filter(([, def]) => def.kind === 'money')
  const total = money.find(([, def]) => def.formula?.startsWith('sum('))
  return (total ?? money.find(([name]) => name === 'amount' || name === 'total_amount'))?.[0]
}
