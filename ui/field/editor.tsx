// The input of a field, by its kind. One component for forms, cells, filters and the inputs of verbs.

import type { Json } from '@yingzao/kernel/entity'
import { isDecimal } from '@yingzao/kernel/entity'
import { Button, Checkbox, Input, Select } from 'antd'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useMeta } from '../data/meta.ts'
import { useFormats, useLabel, useText } from '../text/language.tsx'
import { readDecimal, readDuration, shift } from './decimal.ts'
import type { EditorProps } from './editor-props.ts'
import { RefPicker } from './ref-picker.tsx'
import { text } from './text.ts'
import { listOf } from './value.tsx'

const DayPicker = lazy(() => import('./day-picker.tsx'))
const DrawnInput = lazy(() => import('./drawn-input.tsx'))
const FileInput = lazy(() => import('./file-input.tsx'))

/** Exact decimals: text while typing, grouped when left. */
function FigureInput({
  shown,
  read,
  onChange,
  suffix,
  placeholder,
  ...rest
}: Omit<EditorProps, 'field' | 'value' | 'onChange'> & {
  shown: string
  read: (typed: string) => Json
  onChange: (value: Json) => void
  suffix?: string | undefined
  placeholder?: string | undefined
}) {
  const [typing, setTyping] = useState<string | null>(rest.typed ?? null)
  const typedOnce = useRef(rest.typed)
  useEffect(() => {
    if (typedOnce.current !== undefined) onChange(read(typedOnce.current))
    typedOnce.current = undefined
  }, [onChange, read])
  return (
    <Input
      {...inputProps(rest)}
      className="yz-figure-input"
      inputMode="decimal"
      autoComplete="off"
      placeholder={placeholder}
      suffix={suffix}
      value={typing ?? shown}
      onFocus={event => {
        if (rest.typed === undefined) event.target.select()
      }}
      onChange={event => {
        setTyping(event.target.value)
        onChange(read(event.target.value))
      }}
      onBlur={() => setTyping(null)}
    />
  )
}

const inputProps = (props: Omit<EditorProps, 'field' | 'value' | 'onChange'>) => ({
  ...(props.id ? { id: props.id } : {}),
  ...(props.label ? { 'aria-label': props.label } : {}),
  disabled: props.disabled ?? false,
  autoFocus: props.autoFocus ?? false,
  variant: props.cell ? ('borderless' as const) : ('outlined' as const),
  ...(props.invalid ? { status: 'error' as const, 'aria-invalid': true } : {}),
  ...(props.describedBy ? { 'aria-describedby': props.describedBy } : {}),
})

/** Between two phrases. */
const joint = { zh: '；', en: '; ' }
const asText = (value: Json | undefined) => (value === undefined || value === null ? '' : String(value))

function TextInput({ field, value, onChange, ...rest }: EditorProps & { lines?: boolean }) {
  const long = field.kind === 'long_text'
  const start = useRef(rest.typed)
  useEffect(() => {
    if (start.current !== undefined) onChange(start.current)
    start.current = undefined
  }, [onChange])
  const label = useLabel()
  const t = useText(text)
  const change = (next: string) => onChange(next === '' ? null : next)
  /** Behind what stands there already. */
  const add = (phrase: string) => change([asText(value).trim(), phrase].filter(each => each !== '').join(label(joint)))
  if (long) {
    const area = (
      <Input.TextArea
        {...inputProps(rest)}
        autoSize={{ minRows: rest.cell ? 1 : 2, maxRows: 12 }}
        value={asText(value)}
        onChange={event => change(event.target.value)}
      />
    )
    const phrases = field.phrases ?? []
    return phrases.length === 0 ? (
      area
    ) : (
      <>
        {area}
        <div className="yz-phrases">
          {phrases.map(phrase => (
            <Button
              key={phrase.en}
              size="small"
              aria-label={t('take', { phrase: label(phrase) })}
              disabled={rest.disabled ?? false}
              onClick={() => add(label(phrase))}
            >
              {label(phrase)}
            </Button>
          ))}
        </div>
      </>
    )
  }
  const input = field.kind === 'text' ? field.input : undefined
  if (input === 'document') return <DocumentInput {...rest} value={value} onChange={onChange} />
  return (
    <Input
      {...inputProps(rest)}
      type={
        input === 'email'
          ? 'email'
          : input === 'phone'
            ? 'tel'
            : input === 'url'
              ? 'url'
              : input === 'color'
                ? 'color'
                : 'text'
      }
      autoComplete="off"
      value={asText(value)}
      onChange={event => change(event.target.value)}
    />
  )
}

/** Kinds of documents that its reader knows; another one that stands there keeps its name. */
function DocumentInput({ value, onChange, ...rest }: Omit<EditorProps, 'field'>) {
  const label = useLabel()
  const { entities } = useMeta()
  const kinds = entities.filter(each => each.kind === 'document' && !each.internal)
  const kept = asText(value)
  const options = kinds.map(each => ({ value: each.name, label: label(each.label) }))
  return (
    <Select
      {...inputProps(rest)}
      className="yz-fill"
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      value={kept === '' ? null : kept}
      options={
        kept === '' || kinds.some(each => each.name === kept) ? options : [...options, { value: kept, label: kept }]
      }
      onChange={next => onChange(next ?? null)}
    />
  )
}

function JsonInput({ value, onChange, ...rest }: Omit<EditorProps, 'field'>) {
  const [typing, setTyping] = useState(() =>
    value === null || value === undefined ? '' : JSON.stringify(value, null, 2),
  )
  return (
    <Input.TextArea
      {...inputProps(rest)}
      className="yz-code-input"
      autoSize={{ minRows: 3, maxRows: 20 }}
      value={typing}
      onChange={event => {
        setTyping(event.target.value)
        if (event.target.value.trim() === '') return onChange(null)
        try {
          const parsed: Json = JSON.parse(event.target.value)
          onChange(parsed)
        } catch {
          onChange(event.target.value)
        }
      }}
    />
  )
}

export function FieldEditor(props: EditorProps) {
  const { field, value, onChange, ...rest } = props
  const formats = useFormats()
  const label = useLabel()
  const t = useText(text)
  const unit = field.unit ? label(field.unit) : undefined
  switch (field.kind) {
    case 'integer':
      return (
        <FigureInput
          {...rest}
          suffix={unit}
          shown={typeof value === 'number' ? formats.integer(value).replace('−', '-') : asText(value)}
          read={typed => {
            if (typed.trim() === '') return null
            const read = readDecimal(typed)
            return read !== null && /^-?\d+$/.test(read) ? Number(read) : typed
          }}
          onChange={onChange}
        />
      )
    case 'number':
    case 'money':
      return (
        <FigureInput
          {...rest}
          suffix={unit}
          shown={
            isDecimal(value)
              ? (field.kind === 'money' ? formats.money(value) : formats.number(value, field.scale ?? 4)).replace(
                  '−',
                  '-',
                )
              : asText(value)
          }
          read={typed => (typed.trim() === '' ? null : (readDecimal(typed) ?? typed))}
          onChange={onChange}
        />
      )
    case 'percent':
      return (
        <FigureInput
          {...rest}
          suffix="%"
          shown={isDecimal(value) ? shift(value, 2) : asText(value)}
          read={typed => {
            const bare = typed.replace(/[%\uff05]$/, '')
            if (bare.trim() === '') return null
            const read = readDecimal(bare)
            return read === null ? typed : shift(read, -2)
          }}
          onChange={onChange}
        />
      )
    case 'duration':
      return (
        <FigureInput
          {...rest}
          placeholder={t('durationHint')}
          shown={typeof value === 'number' ? formats.duration(value) : asText(value)}
          read={typed => (typed.trim() === '' ? null : (readDuration(typed) ?? typed))}
          onChange={onChange}
        />
      )
    case 'date':
    case 'instant':
      return (
        <Suspense fallback={<Input disabled placeholder={t('loading')} />}>
          <DayPicker {...rest} time={field.kind === 'instant'} value={asText(value)} onChange={onChange} />
        </Suspense>
      )
    case 'flag':
      return (
        <Checkbox
          {...(rest.id ? { id: rest.id } : {})}
          {...(rest.label ? { 'aria-label': rest.label } : {})}
          disabled={rest.disabled ?? false}
          autoFocus={rest.autoFocus ?? false}
          checked={value === true}
          onChange={event => onChange(event.target.checked)}
        />
      )
    case 'choice':
    case 'multi_choice': {
      const kept = field.kind === 'choice' ? [asText(value)] : listOf(value).map(String)
      const options = Object.entries(field.options)
        .filter(([key, option]) => !option.retired || kept.includes(key))
        .map(([key, option]) => ({
          value: key,
          label: label(option),
          search: `${option.zh} ${option.en} ${key}`.toLowerCase(),
        }))
      const shared = {
        ...inputProps(rest),
        className: 'yz-fill',
        allowClear: !field.required,
        defaultOpen: rest.cell ?? false,
        placeholder: rest.cell ? undefined : t('choose'),
        options,
        showSearch: {
          filterOption: (typed: string, option?: { search: string }) =>
            option?.search.includes(typed.toLowerCase()) ?? false,
        },
        popupMatchSelectWidth: false,
        notFoundContent: t('nothingFound'),
      }
      return field.kind === 'choice' ? (
        <Select<string, (typeof options)[number]>
          {...shared}
          value={asText(value) || null}
          onChange={next => onChange(next ?? null)}
        />
      ) : (
        <Select<string[], (typeof options)[number]>
          {...shared}
          mode="multiple"
          value={kept}
          onChange={next => onChange(next)}
        />
      )
    }
    case 'ref':
    case 'user':
    case 'org_unit':
    case 'multi_ref':
      return <RefPicker {...props} />
    case 'file':
      return (
        <Suspense fallback={t('loading')}>
          {field.drawn ? <DrawnInput {...props} /> : <FileInput {...props} />}
        </Suspense>
      )
    case 'json':
      return <JsonInput {...rest} value={value} onChange={onChange} />
    default:
      return <TextInput {...props} />
  }
}
