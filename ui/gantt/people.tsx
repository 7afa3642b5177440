// Who else has the plan open: initials in the toolbar; a click goes to where that person is.
import type { Controller } from './controller.ts'
import { initialsOf } from './presence.ts'
import { useStore } from './store.ts'

/** More faces than this are a number. */
const MOST = 5

export function People({ controller }: { controller: Controller }) {
  const people = useStore(controller.surroundings, state => state.presence)
  const outline = useStore(controller.viewer.store, state => state.outline)
  const words = controller.words()
  if (people.length === 0) return null
  const taskName = (id: string | undefined) => outline.plan.tasks[outline.index.get(id ?? '') ?? -1]?.name
  const rest = people.slice(MOST)
  return (
    <ul className="yzg-people" aria-label={words.people}>
      {people.slice(0, MOST).map(({ key, name, color, task }) => {
        const at = taskName(task)
        const label = at === undefined ? words.person_here(name) : words.person_at(name, at)
        return (
          <li key={key}>
            <button
              type="button"
              className="yzg-person"
              style={{ background: color }}
              aria-label={label}
              title={label}
              onClick={() => {
                if (task !== undefined && at !== undefined) controller.jumpTo(task)
              }}
            >
              {initialsOf(name)}
            </button>
          </li>
        )
      })}
      {rest.length === 0 ? null : (
        <li>
          <span className="yzg-person" title={rest.map(({ name }) => name).join(words.comma)}>
            +{rest.length}
          </span>
        </li>
      )}
    </ul>
  )
}
