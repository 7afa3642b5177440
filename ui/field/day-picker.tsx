// Days and moments: antd's picker over plain strings. Loaded when first needed.

import type { Json } from '@yingzao/kernel/entity'
import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import customParseFormat from 'dayjs/plugin/customParseFormat.js'

dayjs.extend(customParseFormat)

interface Props {
  readonly value: string
  readonly onChange: (value: Json) => void
  readonly time: boolean
  readonly id?: string
  readonly label?: string
  readonly disabled?: boolean
  readonly invalid?: boolean
  readonly describedBy?: string | undefined
  readonly autoFocus?: boolean
  readonly cell?: boolean
}

const day = 'YYYY-MM-DD'
/** What may be typed; the first is shown. */
const dayFormats = [day, 'YYYY/M/D', 'YYYY.M.D', 'YYYY-M-D', 'YYYYMMDD']

export default function DayPicker({
  value,
  onChange,
  time,
  id,
  label,
  disabled,
  invalid,
  describedBy,
  autoFocus,
  cell,
}: Props) {
  const shown = value === '' ? null : dayjs(value)
  return (
    <DatePicker
      className="yz-fill"
      {...(id ? { id } : {})}
      disabled={disabled ?? false}
      autoFocus={autoFocus ?? false}
      defaultOpen={cell ?? false}
      variant={cell ? 'borderless' : 'outlined'}
      {...(invalid ? { status: 'error' as const } : {})}
      aria-label={label}
      aria-invalid={invalid ?? false}
      aria-describedby={describedBy}
      showTime={time ? { format: 'HH:mm' } : false}
      format={time ? 'YYYY-MM-DD HH:mm' : dayFormats}
      value={shown?.isValid() ? shown : null}
      onChange={next => onChange(next ? (time ? next.toDate().toISOString() : next.format(day)) : null)}
    />
  )
}
