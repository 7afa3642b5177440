// A button with a menu: the browser's popover gives the top layer, Esc and the click outside; arrow keys walk the items.
import { useId, useRef, useState } from 'react'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-path.ts'

export interface MenuItem {
  key: string
  label: string
  /** Ticked or not; absent for plain commands. */
  checked?: boolean
  disabled?: boolean
  /** A line above this item. */
  divided?: boolean
  /** Closes the menu, even one that stays open. */
  closes?: boolean
  onClick: () => void
}

export function MenuButton({
  icon,
  label,
  text,
  active = false,
  items,
  stay = false,
}: {
  icon: IconName
  label: string
  text?: string
  active?: boolean
  items: readonly MenuItem[]
  /** Stays open while several things are ticked one after another. */
  stay?: boolean
}) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)

  function place(): void {
    const box = button.current?.getBoundingClientRect()
    const element = menu.current
    if (!box || !element) return
    element.style.top = `${box.bottom + 4}px`
    element.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - element.offsetWidth - 8))}px`
    element.style.maxHeight = `${window.innerHeight - box.bottom - 16}px`
  }
  function walk(step: number | 'first' | 'last'): void {
    const all = Array.from(menu.current?.querySelectorAll<HTMLButtonElement>('[role^="menuitem"]:not(:disabled)') ?? [])
    const focused = document.activeElement
    const at = focused instanceof HTMLButtonElement ? all.indexOf(focused) : -1
    const next = step === 'first' ? 0 : step === 'last' ? all.length - 1 : (at + step + all.length) % all.length
    all[next]?.focus()
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        className="yzg-button"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        title={label}
        data-active={active}
        popoverTarget={id}
        onKeyDown={event => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          menu.current?.showPopover()
        }}
      >
        <Icon name={icon} />
        {text ? <span>{text}</span> : null}
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        className="yzg-menu"
        role="menu"
        aria-label={label}
        onToggle={event => {
          const shown = event.newState === 'open'
          setOpen(shown)
          if (!shown) return
          place()
          walk('first')
        }}
        onKeyDown={event => {
          const step = { ArrowDown: 1, ArrowUp: -1, Home: 'first', End: 'last' } as const
          const key = event.key
          if (key === 'Tab') menu.current?.hidePopover()
          if (key !== 'ArrowDown' && key !== 'ArrowUp' && key !== 'Home' && key !== 'End') return
          event.preventDefault()
          walk(step[key])
        }}
      >
        {open
          ? items.map(item => (
              <button
                key={item.key}
                type="button"
                role={item.checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
                {...(item.checked === undefined ? {} : { 'aria-checked': item.checked })}
                disabled={item.disabled}
                data-divided={item.divided === true}
                onClick={() => {
                  item.onClick()
                  if (!stay || item.closes) menu.current?.hidePopover()
                }}
              >
                <span className="yzg-tick">{item.checked ? <Icon name="done" /> : null}</span>
                {item.label}
              </button>
            ))
          : null}
      </div>
    </>
  )
}
