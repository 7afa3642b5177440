// The icons for React.
import { type IconName, iconPath } from './icon-path.ts'

export function Icon({ name }: { name: IconName }) {
  return (
    <svg viewBox="0 0 16 16" className={`yzg-icon yzg-icon-${name}`} aria-hidden="true">
      <path d={iconPath(name)} />
    </svg>
  )
}
