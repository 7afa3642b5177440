// Fetches the named baselines that are ticked: each once, and only those that the host still keeps.
import { useEffect, useRef } from 'react'
import type { NamedBaseline, NamedDates } from './baseline.ts'
import type { Controller } from './controller.ts'
import { useStore } from './store.ts'

export function useBaselines(
  controller: Controller,
  named: readonly NamedBaseline[],
  load: ((key: string) => Promise<NamedDates>) | undefined,
): void {
  const chosen = useStore(controller.ui, state => state.options.baselines)
  const asked = useRef(new Set<string>())
  useEffect(() => {
    for (const key of chosen) {
      if (typeof key === 'number' || asked.current.has(key) || !load || !named.some(each => each.key === key)) continue
      asked.current.add(key)
      load(key).then(
        dates => controller.ui.set({ kept: new Map([...controller.ui.get().kept, [key, dates]]) }),
        () => {
          // Ticked again it is asked again.
          asked.current.delete(key)
          const { options } = controller.ui.get()
          const baselines = options.baselines.filter(each => each !== key)
          controller.ui.set({ options: { ...options, baselines } })
          controller.say('error', controller.words().baseline_failed)
        },
      )
    }
  }, [controller, chosen, named, load])
}
