// Tabs after the ARIA pattern: arrows move, the panel of the chosen one stands below; they scroll sideways on a phone.
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'

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
  const list = useRef<HTMLDivElement>(null)
  const [own, setOwn] = useState(items[0]?.key)
  const chosen = kept ? kept.key : own
  const setChosen = kept ? kept.choose : setOwn
  const at = Math.max(
    0,
    items.findIndex(item => item.key === chosen),
  )
  const onKeyDown = (event: KeyboardEvent) => {
    const last = items.length - 1
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[
      event.key
    ]
    const item = to === undefined ? undefined : items[to]
    if (!item) return
    event.preventDefault()
    setChosen(item.key)
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[to ?? 0]?.focus()
  }
  const current = items[at]
  return (
    <>
      <div ref={list} role="tablist" aria-label={label} className="yz-tabs" onKeyDown={onKeyDown}>
        {items.map((item, index) => (
          <button
            key={item.key}
            type="button"
            role="tab"
            id={`${id}-tab-${item.key}`}
            aria-selected={index === at}
            aria-controls={`${id}-panel`}
            tabIndex={index === at ? 0 : -1}
            onClick={() => setChosen(item.key)}
          >
            {item.label}
          </button>
        ))}
      </div>
      {current && (
        <div key={current.key} role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-tab-${current.key}`}>
          {current.content()}
        </div>
      )}
    </>
  )
}
