// Labels, inputs, hints and messages of fields, in sections. It keeps no state and knows no server.
import type { FieldMeta, Json } from '@yingzao/kernel/entity'
import { lazy, Suspense, useId } from 'react'
import type { Errors } from '../field/check.ts'
import { FieldEditor } from '../field/editor.tsx'
import { FieldValue, listOf, type Refs } from '../field/value.tsx'
import { useLabel, useText } from '../text/language.tsx'
import { text } from './text.ts'
import './form.css'

const LinesEditor = lazy(() => import('./lines-editor.tsx'))

export interface Section {
  readonly title: string | null
  readonly fields: readonly FieldMeta[]
}
interface Props {
  readonly sections: readonly Section[]
  readonly values: Readonly<Record<string, Json>>
  readonly errors: Errors
  readonly refs: Refs
  readonly onChange: (name: string, value: Json) => void
  readonly onBlur?: (name: string) => void
  readonly disabled?: boolean
  /** Prefix of input ids, so that a message can lead to its field. */
  readonly idPrefix: string
  readonly firstFocus?: boolean
}

/** Fields that need the whole width. */
const isWide = (field: FieldMeta) =>
  field.kind === 'long_text' || field.kind === 'lines' || field.kind === 'json' || field.kind === 'file'

/** A computed or system field shows its value and cannot be typed into. */
export const isWritable = (field: FieldMeta) =>
  field.right === 'edit' && !field.formula && !field.system && field.kind !== 'serial'

export function FieldsForm({
  sections,
  values,
  errors,
  refs,
  onChange,
  onBlur,
  disabled,
  idPrefix,
  firstFocus,
}: Props) {
  const first = firstFocus ? sections.flatMap(section => section.fields).find(isWritable)?.name : undefined
  return (
    <div className="yz-sections">
      {sections.map((section, at) => (
        <section key={section.title ?? at} className="yz-section">
          {section.title && <h2>{section.title}</h2>}
          <div className="yz-fields">
            {section.fields.map(field => (
              <FieldRow
                key={field.name}
                field={field}
                value={values[field.name]}
                record={values}
                error={errors[field.name]}
                lineErrors={errors}
                refs={refs}
                disabled={disabled ?? false}
                id={`${idPrefix}-${field.name}`}
                autoFocus={field.name === first}
                onChange={value => onChange(field.name, value)}
                onBlur={() => onBlur?.(field.name)}
              />
            ))}
          </div>
        </section>
      ))}
    </div>
  )
}

interface RowProps {
  readonly field: FieldMeta
  readonly value: Json | undefined
  readonly error: string | undefined
  readonly record: Readonly<Record<string, Json>>
  readonly lineErrors: Errors
  readonly refs: Refs
  readonly disabled: boolean
  readonly id: string
  readonly autoFocus: boolean
  readonly onChange: (value: Json) => void
  readonly onBlur: () => void
}

function FieldRow({
  field,
  value,
  record,
  error,
  lineErrors,
  refs,
  disabled,
  id,
  autoFocus,
  onChange,
  onBlur,
}: RowProps) {
  const t = useText(text)
  const label = useLabel()
  const messageId = useId()
  const writable = isWritable(field)
  const hint = field.hint ? label(field.hint) : ''
  const unit = field.unit && !['number', 'money', 'integer'].includes(field.kind) ? ` (${label(field.unit)})` : ''
  const described = error || hint ? messageId : undefined
  if (field.kind === 'lines')
    return (
      <div className="yz-field yz-wide">
        <h3 id={id}>{label(field.label)}</h3>
        <Suspense fallback={null}>
          <LinesEditor
            field={field}
            rows={listOf(value)}
            errors={lineErrors}
            refs={refs}
            readOnly={disabled || !writable}
            onChange={onChange}
          />
        </Suspense>
        {error && (
          <span id={messageId} className="yz-message" role="alert">
            {error}
          </span>
        )}
      </div>
    )
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: notices when the input inside is left
    <div className={`yz-field${isWide(field) ? ' yz-wide' : ''}${error ? ' yz-field-wrong' : ''}`} onBlur={onBlur}>
      <label htmlFor={id} className="yz-label">
        {label(field.label)}
        {unit}
        {field.required && writable && (
          <span className="yz-required" title={t('required')}>
            *
          </span>
        )}
        {field.formula && <span className="yz-faint yz-note">{t('computed')}</span>}
      </label>
      {writable ? (
        <FieldEditor
          field={field}
          value={value}
          onChange={onChange}
          id={id}
          disabled={disabled}
          invalid={error !== undefined}
          describedBy={described}
          autoFocus={autoFocus}
          refs={refs}
          record={record}
          create
        />
      ) : (
        <output id={id} className="yz-output">
          <FieldValue field={field} value={value} refs={refs} />
        </output>
      )}
      {(error || hint) && (
        <span id={messageId} className={error ? 'yz-message' : 'yz-hint yz-faint'} role={error ? 'alert' : undefined}>
          {error ?? hint}
        </span>
      )}
    </div>
  )
}
