// A wide table in a narrow place: scrolls sideways, by keyboard too.
import type { ReactNode } from 'react'

export function ScrollBox({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
    <section className="yz-scroll-x" aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
