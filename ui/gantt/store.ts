// A value that changes and tells its listeners: the Gantt's state lives outside React so that every-frame code reads it cheaply.
import { useSyncExternalStore } from 'react'

export interface Store<T> {
  get: () => T
  /** Merges a patch; listeners are told once, and not at all when nothing differs. */
  set: (patch: Partial<T>) => void
  subscribe: (listener: () => void) => () => void
}

export function createStore<T extends object>(initial: T): Store<T> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set(patch) {
      const next = { ...value, ...patch }
      let key: Extract<keyof T, string>
      let same = true
      for (key in next) same &&= Object.is(next[key], value[key])
      if (same) return
      value = next
      for (const listener of [...listeners]) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** A part of the store's value; the component renders again only when that part changes. */
export function useStore<T extends object, P>(store: Store<T>, pick: (value: T) => P): P {
  return useSyncExternalStore(store.subscribe, () => pick(store.get()))
}
