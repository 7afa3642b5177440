// Picks companies, departments or projects by name, also those the administrator does not read himself.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useClient } from '@yingzao/platform/client/react'
import { whileLate } from '@yingzao/ui/field/while-late'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import type { PlaceOption } from '../../rights-shape.ts'
import { text } from './text.ts'

export type PlaceKind = 'company' | 'department' | 'project'

interface Props {
  readonly kind: PlaceKind
  readonly value: readonly string[]
  readonly many?: boolean
  readonly label: string
  readonly id?: string
  readonly onChange: (ids: readonly string[]) => void
}

export function PlacePicker({ kind, value, many = false, label, id, onChange }: Props) {
  const t = useText(text)
  const client = useClient()
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const ask = (input: object) => client.perform<readonly PlaceOption[]>('organisation.places', input)
  const found = useQuery({
    queryKey: ['places', kind, search],
    queryFn: () => ask({ kind, search }),
    placeholderData: keepPreviousData,
  })
  const chosen = useQuery({
    queryKey: ['places', kind, 'named', ...value],
    queryFn: () => ask({ kind, ids: value }),
    enabled: value.length > 0,
    placeholderData: keepPreviousData,
  })
  const known = new Map([...(chosen.data ?? []), ...(found.data ?? [])].map(place => [place.id, place]))
  const option = (place: string) => ({
    value: place,
    label: known.get(place)?.name ?? '…',
    above: known.get(place)?.above ?? '',
  })
  const late = found.isPlaceholderData || search !== typed.trim()
  const offered = whileLate(
    late,
    typed,
    (found.data ?? []).map(place => option(place.id)),
  )
  const options = [...value.filter(each => !offered.some(place => place.value === each)).map(option), ...offered]
  const shared = {
    ...(id ? { id } : {}),
    'aria-label': label,
    className: 'yz-fill',
    placeholder: t('choosePlace'),
    showSearch: { filterOption: false as const, searchValue: typed, onSearch: setTyped },
    loading: found.isFetching,
    popupMatchSelectWidth: false,
    classNames: { popup: { root: 'yz-picker' } },
    options,
    optionRender: (option: { label?: React.ReactNode; data: { above: string } }) => (
      <span className="yz-option">
        <span className="yz-clip">{option.label}</span>
        {option.data.above && <span className="yz-faint">{option.data.above}</span>}
      </span>
    ),
  }
  const pick = (ids: readonly string[]) => {
    setTyped('')
    onChange(ids)
  }
  return many ? (
    <Select<string[], (typeof options)[number]> {...shared} mode="multiple" value={[...value]} onChange={pick} />
  ) : (
    <Select<string, (typeof options)[number]>
      {...shared}
      value={value[0] ?? null}
      onChange={next => pick(next ? [next] : [])}
    />
  )
}
