// Light, dark or as the system says; remembered on the device, and on the user once signed in.
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useLayoutEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react'
import { type Mode, paint } from './token.ts'

export type ThemeChoice = Mode | 'system'
interface ThemeState {
  readonly choice: ThemeChoice
  readonly mode: Mode
  readonly setChoice: (choice: ThemeChoice) => void
}
const ThemeContext = createContext<ThemeState | null>(null)
const storageKey = 'yingzao.theme'

const kept = (): ThemeChoice => {
  const value = localStorage.getItem(storageKey)
  return value === 'light' || value === 'dark' ? value : 'system'
}

/** Follows a media query. */
export function useMedia(query: string): boolean {
  const list = useMemo(() => window.matchMedia(query), [query])
  return useSyncExternalStore(
    notify => {
      list.addEventListener('change', notify)
      return () => list.removeEventListener('change', notify)
    },
    () => list.matches,
  )
}

/** Phone width: one column, drawers instead of dialogs, fingers instead of a mouse. */
export const usePhone = () => useMedia('(max-width: 719.9px)')

export function ThemeProvider({ children }: { children: ReactNode }) {
  const [choice, setState] = useState<ThemeChoice>(kept)
  const dark = useMedia('(prefers-color-scheme: dark)')
  const mode: Mode = choice === 'system' ? (dark ? 'dark' : 'light') : choice
  useLayoutEffect(() => paint(mode, document.documentElement), [mode])
  const setChoice = useCallback((next: ThemeChoice) => {
    localStorage.setItem(storageKey, next)
    setState(next)
  }, [])
  const value = useMemo(() => ({ choice, mode, setChoice }), [choice, mode, setChoice])
  return <ThemeContext value={value}>{children}</ThemeContext>
}

export function useTheme(): ThemeState {
  const theme = useContext(ThemeContext)
  if (!theme) throw new Error('useTheme outside ThemeProvider')
  return theme
}
