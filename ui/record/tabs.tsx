// Tabs after the ARIA pattern: arrows move, the panel of the chosen one stands below; they scroll sideways on a phone.
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'

export interface TabItem {
  readonly key: string
  readonly label: string
  readonly content: () => ReactNode
}

interface Props {
  readonly items: readonly TabItem[]
  readonly label: string
  /** Kept by the caller, for tabs that are in the address; without it they remember themselves. */
  readonly chosen?: { readonly key: string | undefined; readonly choose: (key: string) => void }
}

export function Tabs({ items, label, chosen: kept }: Props) {
  const id = useId()
  const [own, setOwn] = useState(items[0]?.key)
  const chosen = kept ? kept.key : own
  const current = items.find(item => item.key === chosen) ?? items[0]
  return (
    <>
      <TabList items={items} label={label} chosen={current?.key} choose={kept ? kept.choose : setOwn} id={id} />
      {current && (
        <div key={current.key} {...panelOf(id, current.key)}>
          {current.content()}
        </div>
      )}
    </>
  )
}

interface ListProps {
  readonly items: readonly Omit<TabItem, 'content'>[]
  readonly label: string
  readonly chosen: string | undefined
  readonly choose: (key: string) => void
  /** Ties the tabs to their panel. */
  readonly id: string
}

/** Of the neighbour of a tab at the edge, so that one sees there is more. */
const BESIDE = 24

/** The row of tabs alone, for a page that places the panel (`panelOf`) itself. */
export function TabList({ items, label, chosen, choose, id }: ListProps) {
  const list = useRef<HTMLDivElement>(null)
  const at = Math.max(
    0,
    items.findIndex(item => item.key === chosen),
  )
  // A link may open a tab that stands outside a narrow window: the row moves to it, the page does not.
  useEffect(() => {
    const row = list.current
    const tab = row?.querySelectorAll('[role=tab]')[at]
    if (!row || !tab) return
    const [room, own] = [row.getBoundingClientRect(), tab.getBoundingClientRect()]
    if (own.left < room.left) row.scrollLeft -= room.left - own.left + BESIDE
    else if (own.right > room.right) row.scrollLeft += own.right - room.right + BESIDE
  }, [at])
  const onKeyDown = (event: KeyboardEvent) => {
    const last = items.length - 1
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[
      event.key
    ]
    const item = to === undefined ? undefined : items[to]
    if (!item) return
    event.preventDefault()
    choose(item.key)
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[to ?? 0]?.focus()
  }
  return (
    <div ref={list} role="tablist" aria-label={label} className="yz-tabs" onKeyDown={onKeyDown}>
      {items.map((item, index) => (
        <button
          key={item.key}
          type="button"
          role="tab"
          id={`${id}-tab-${item.key}`}
          title={item.label}
          aria-selected={index === at}
          aria-controls={`${id}-panel`}
          tabIndex={index === at ? 0 : -1}
          onClick={() => choose(item.key)}
        >
          {item.label}
        </button>
      ))}
    </div>
  )
}

/** What makes an element the panel of a tab. */
export const panelOf = (id: string, key: string) => ({
  role: 'tabpanel',
  id: `${id}-panel`,
  'aria-labelledby': `${id}-tab-${key}`,
})
