// A record's fields as read, in the same sections as its form; lines as a table.
import type { EntityMeta, FieldMeta, RecordJson } from '@yingzao/kernel/entity'
import { FieldValue, isFigure, listOf, type Refs } from '../field/value.tsx'
import { useLiveFormulas } from '../form/formulas.ts'
import { sectionsOf } from '../form/sections.ts'
import { text } from '../form/text.ts'
import { useLabel, useText } from '../text/language.tsx'
import { LinesView } from './lines-view.tsx'

export function FieldsView({ entity, record, refs }: { entity: EntityMeta; record: RecordJson; refs: Refs }) {
  const t = useText(text)
  const label = useLabel()
  const { shows } = useLiveFormulas(entity, record)
  const of = { entity: entity.name, id: record.id, can: record._can, masked: record._masked ?? [] }
  const has = (field: FieldMeta) => shows(field) && field.name in record
  const sections = sectionsOf(entity, label, { others: t('others') }, has, true)
  return (
    <div className="yz-sections">
      {sections.map((section, at) => (
        <section key={section.title ?? at} className="yz-section">
          {section.title && <h2>{section.title}</h2>}
          <dl className="yz-values">
            {section.fields.map(field =>
              field.kind === 'lines' ? (
                <div key={field.name} className="yz-wide">
                  {/* Said once: what heads the section is not said again. */}
                  <dt className={label(field.label) === section.title ? 'yz-said' : undefined}>{label(field.label)}</dt>
                  <dd>
                    <LinesView field={field} rows={listOf(record[field.name])} refs={refs} of={of} />
                  </dd>
                </div>
              ) : (
                <div
                  key={field.name}
                  className={
                    field.kind === 'long_text' || field.kind === 'json' || field.kind === 'file' ? 'yz-wide' : ''
                  }
                >
                  <dt>
                    {label(field.label)}
                    {field.unit && <span className="yz-faint"> ({label(field.unit)})</span>}
                  </dt>
                  <dd className={isFigure(field) ? 'yz-value-figure' : ''}>
                    <FieldValue field={field} value={record[field.name]} refs={refs} of={of} />
                  </dd>
                </div>
              ),
            )}
          </dl>
        </section>
      ))}
    </div>
  )
}
