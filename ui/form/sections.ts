// How a form is laid out: the declared sections, then what they leave out.
import type { EntityMeta, FieldMeta, Label } from '@yingzao/kernel/entity'
import type { Section } from './fields-form.tsx'

/** Fields a form shows unasked: what I may at least see, without the quiet and the system's own. */
export const formFields = (entity: EntityMeta): readonly FieldMeta[] =>
  entity.fields.filter(field => !field.quiet && field.right !== 'masked' && !(field.system && !field.formula))

/** `reading`: also what nobody types in here but the form view names: what the system filled, what is masked. */
export function sectionsOf(
  entity: EntityMeta,
  label: (label: Label) => string,
  words: { readonly others: string },
  shows: (field: FieldMeta) => boolean,
  reading = false,
): readonly Section[] {
  const form = Object.values(entity.views ?? {}).find(view => view.kind === 'form')
  const shown = new Set(formFields(entity))
  const named = new Set(form?.sections.flatMap(section => section.fields))
  const fields = entity.fields.filter(
    field => (shown.has(field) || (reading && !field.quiet && named.has(field.name))) && shows(field),
  )
  const lines = fields.filter(field => field.kind === 'lines')
  if (!form) {
    const plain = fields.filter(field => field.kind !== 'lines')
    return [{ title: null, fields: plain }, ...lines.map(field => ({ title: null, fields: [field] }))].filter(
      section => section.fields.length > 0,
    )
  }
  const taken = new Set<string>()
  const sections = form.sections.map(section => {
    const own = section.fields.flatMap(name => fields.find(field => field.name === name) ?? [])
    for (const field of own) taken.add(field.name)
    return { title: section.label ? label(section.label) : null, fields: own }
  })
  const rest = fields.filter(field => !taken.has(field.name))
  return [...sections, ...(rest.length ? [{ title: words.others, fields: rest }] : [])].filter(
    section => section.fields.length > 0,
  )
}
