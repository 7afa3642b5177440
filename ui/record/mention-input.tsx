// The input of a comment: @ and a few letters offer people by name, asked of the server while one types.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { keys, useClient } from '@yingzao/platform/client/react'
import { Mentions } from 'antd'
import { type KeyboardEvent, useDeferredValue, useState } from 'react'

interface Props {
  readonly value: string
  readonly label: string
  readonly onChange: (value: string) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

export default function MentionInput({ value, label, onChange, onKeyDown }: Props) {
  const client = useClient()
  const [typed, setTyped] = useState<string | null>(null)
  const search = useDeferredValue(typed)
  const found = useQuery({
    queryKey: [...keys.lists('user'), 'mention', search],
    queryFn: ({ signal }) =>
      client
        .entity('user')
        .list({ ...(search ? { search } : {}), filter: { active: { eq: true } }, fields: ['name'], limit: 20 }, signal),
    enabled: search !== null,
    placeholderData: keepPreviousData,
  })
  // Two people of one name are one offer: both are told.
  const names = [...new Set((found.data?.items ?? []).map(each => String(each.name)))]
  return (
    <Mentions
      value={value}
      autoSize={{ minRows: 2, maxRows: 8 }}
      placeholder={label}
      aria-label={label}
      loading={found.isFetching}
      filterOption={false}
      options={names.map(name => ({ value: name, label: name }))}
      onSearch={setTyped}
      onChange={onChange}
      onKeyDown={onKeyDown}
    />
  )
}
