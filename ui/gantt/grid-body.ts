// The rows of the tree grid: a pool of DOM rows refilled while scrolling. Written without React because it runs every frame;
// what each element shows is remembered here, since asking the DOM costs more than writing to it.
import { type ColumnId, columns, flagsOf, isCritical, isLate, type Sheet } from './column.ts'
import { type IconName, iconPath } from './icon-path.ts'
import { isParent, type Rows } from './outline.ts'
import type { PersonAt, PlacesOfPeople } from './presence.ts'

export interface ColumnPlace {
  id: ColumnId
  width: number
}

export interface GridPicture {
  sheet: Sheet
  rows: Rows
  columns: readonly ColumnPlace[]
  collapsed: ReadonlySet<string>
  selected: ReadonlySet<string>
  active?: { task: string; column: ColumnId }
  pending: ReadonlySet<string>
  presence: PlacesOfPeople
  critical: boolean
  rowHeight: number
  /** An empty row below the last task, where typing adds one. */
  newRow: boolean
  /** Prefix of element ids, unique on the page. */
  idPrefix: string
}

export interface GridBody {
  /** Draws the rows that are in view; `changed` refills all of them. */
  render: (picture: GridPicture, scrollTop: number, height: number, changed: boolean) => void
  rowAt: (target: EventTarget | null) => number | undefined
  columnAt: (target: EventTarget | null) => ColumnId | undefined
}

/** Element id of a cell, for aria-activedescendant. */
export const cellId = (prefix: string, row: number, column: ColumnId): string => `${prefix}-${row}-${column}`

export const isColumnId = (id: string): id is ColumnId => Object.hasOwn(columns, id)

interface Slot {
  row: number
  element: HTMLDivElement
  cells: CellSlot[]
  set: Setter
}

interface CellSlot {
  id: ColumnId
  element: HTMLDivElement
  /** Where the text goes: the cell, or in the name column the part behind the twist. */
  words: HTMLElement
  icons: SVGElement[]
  set: Setter
}

/** Writes attributes, style variables (--x) and text of one element, each only when it differs from what was written last. */
type Setter = (name: string, value: string | undefined) => void

function setterOf(element: HTMLElement): Setter {
  const last = new Map<string, string | undefined>()
  return (name, value) => {
    if (last.get(name) === value && last.has(name)) return
    last.set(name, value)
    if (name === 'text') element.textContent = value ?? ''
    else if (name.startsWith('--')) element.style.setProperty(name, value ?? null)
    else if (value === undefined) element.removeAttribute(name)
    else element.setAttribute(name, value)
  }
}

const SVG = 'http://www.w3.org/2000/svg'
function emptyIcon(): SVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 16 16')
  svg.setAttribute('aria-hidden', 'true')
  svg.append(document.createElementNS(SVG, 'path'))
  return svg
}

function showIcon(svg: SVGElement, name: IconName | undefined): void {
  if (svg.dataset.icon === (name ?? '')) return
  svg.dataset.icon = name ?? ''
  svg.setAttribute('class', name ? `yzg-icon yzg-icon-${name}` : 'yzg-none')
  svg.firstElementChild?.setAttribute('d', name ? iconPath(name) : '')
}

const OVERSCAN = 4

export function createGridBody(host: HTMLElement): GridBody {
  let slots: Slot[] = []
  let layout = ''

  function buildCell({ id, width }: ColumnPlace, x: number): CellSlot {
    const element = document.createElement('div')
    element.setAttribute('role', id === 'row' ? 'rowheader' : 'gridcell')
    element.dataset.column = id
    element.style.left = `${x}px`
    element.style.width = `${width}px`
    let words: HTMLElement = element
    const icons: SVGElement[] = []
    if (id === 'name') {
      const twist = document.createElement('span')
      twist.className = 'yzg-twist'
      icons.push(emptyIcon())
      twist.append(...icons)
      words = document.createElement('span')
      words.className = 'yzg-name'
      element.append(twist, words)
    } else if (id === 'flags') {
      icons.push(emptyIcon(), emptyIcon())
      element.append(...icons)
    }
    const setCell = setterOf(element)
    const setWords = setterOf(words)
    return { id, element, words, icons, set: (name, value) => (name === 'text' ? setWords : setCell)(name, value) }
  }

  function build(picture: GridPicture, count: number): void {
    slots = Array.from({ length: count }, () => {
      const element = document.createElement('div')
      // Until it is filled: a plan with fewer rows than the window would have spare ones lie over its first.
      element.hidden = true
      element.setAttribute('role', 'row')
      element.style.height = `${picture.rowHeight}px`
      element.style.lineHeight = `${picture.rowHeight - 1}px`
      let x = 0
      const cells = picture.columns.map(place => {
        const cell = buildCell(place, x)
        x += place.width
        return cell
      })
      element.style.width = `${x}px`
      element.append(...cells.map(cell => cell.element))
      return { row: -1, element, cells, set: setterOf(element) }
    })
    host.replaceChildren(...slots.map(slot => slot.element))
  }

  function fill(slot: Slot, row: number, picture: GridPicture): void {
    const { sheet } = picture
    const { element, set } = slot
    slot.row = row
    element.style.transform = `translateY(${row * picture.rowHeight}px)`
    element.hidden = false
    element.dataset.row = String(row)
    set('aria-rowindex', String(row + 2))
    const at = picture.rows.tasks[row]
    const task = at === undefined ? undefined : sheet.outline.plan.tasks[at]
    if (at === undefined || !task) {
      fillNew(slot, row, picture)
      return
    }
    const parent = isParent(sheet.outline, at)
    const selected = picture.selected.has(task.id)
    const critical = picture.critical && isCritical(sheet.dates, at) && sheet.outline.percent[at]! < 100
    const closed = picture.collapsed.has(task.id)
    set(
      'class',
      `yzg-row${parent ? ' yzg-parent' : ''}${selected ? ' yzg-selected' : ''}${task.inactive ? ' yzg-inactive' : ''}${picture.pending.has(task.id) ? ' yzg-pending' : ''}`,
    )
    set('aria-level', String(sheet.outline.level[at]! + 1))
    set('aria-selected', String(selected))
    set('aria-expanded', parent ? String(!closed) : undefined)
    const people = picture.presence.get(task.id)
    for (const cell of slot.cells) {
      const { id } = cell
      const active = picture.active?.task === task.id && picture.active.column === id
      const person = personIn(people, id, picture.columns)
      cell.set('data-presence', person?.name)
      // The outline says which cell, the name beside the task's says who: narrow cells have no room for it.
      if (id === 'name') cell.set('data-person', people?.[0]?.name)
      cell.set('--person', (person ?? (id === 'name' ? people?.[0] : undefined))?.color)
      const red = (id === 'total_float' && critical) || (id === 'finish' && isLate(sheet, task, at))
      cell.set('class', cellClass(id, active, red))
      cell.set('id', cellId(picture.idPrefix, row, id))
      if (id === 'flags') {
        const flags = flagsOf(sheet, task, at)
        cell.icons.forEach((icon, i) => {
          showIcon(icon, flags[i])
        })
        continue
      }
      const value = columns[id].value(sheet, task, at)
      cell.set('text', value)
      if (id === 'name') {
        cell.element.style.paddingLeft = `${4 + sheet.outline.level[at]! * 14}px`
        showIcon(cell.icons[0]!, parent ? (closed ? 'expand' : 'collapse') : undefined)
      }
      if (id === 'name' || id === 'resources' || id === 'constraint') cell.set('title', value)
    }
  }

  function fillNew(slot: Slot, row: number, picture: GridPicture): void {
    slot.set('class', 'yzg-row yzg-new')
    slot.set('aria-level', '1')
    slot.set('aria-selected', 'false')
    slot.set('aria-expanded', undefined)
    for (const cell of slot.cells) {
      const { id } = cell
      cell.set('class', cellClass(id, picture.active?.task === '' && picture.active.column === id, false))
      cell.set('id', cellId(picture.idPrefix, row, id))
      if (id === 'name') cell.element.style.paddingLeft = '4px'
      cell.set('data-presence', undefined)
      if (id === 'name') cell.set('data-person', undefined)
      for (const icon of cell.icons) showIcon(icon, undefined)
      if (id !== 'flags') cell.set('text', id === 'name' ? picture.sheet.text.new_row : '')
      cell.set('title', undefined)
    }
  }

  return {
    render(picture, scrollTop, height, changed) {
      const count = picture.rows.tasks.length + (picture.newRow ? 1 : 0)
      const needed = Math.ceil(height / picture.rowHeight) + OVERSCAN * 2
      const key = `${picture.rowHeight}/${picture.columns.map(column => `${column.id}:${column.width}`).join()}`
      let refill = changed
      if (key !== layout || needed > slots.length) {
        layout = key
        build(picture, needed)
        refill = true
      }
      const first = Math.max(0, Math.floor(scrollTop / picture.rowHeight) - OVERSCAN)
      const last = Math.min(count - 1, first + slots.length - 1)
      for (let row = first; row <= last; row++) {
        const slot = slots[row % slots.length]!
        if (refill || slot.row !== row) fill(slot, row, picture)
      }
      for (const slot of slots) {
        if (slot.row >= 0 && (slot.row < first || slot.row > last)) {
          slot.row = -1
          slot.element.hidden = true
        }
      }
    },
    rowAt(target) {
      const row = target instanceof Element ? target.closest<HTMLElement>('.yzg-row')?.dataset.row : undefined
      return row === undefined ? undefined : Number(row)
    },
    columnAt(target) {
      const id = target instanceof Element ? target.closest<HTMLElement>('.yzg-cell')?.dataset.column : undefined
      return id !== undefined && isColumnId(id) ? id : undefined
    },
  }
}

const cellClass = (id: ColumnId, active: boolean, red: boolean): string =>
  `yzg-cell yzg-${columns[id].align} yzg-col-${id}${active ? ' yzg-active' : ''}${red ? ' yzg-critical' : ''}`

/** Who stands in a cell; whoever is at a column that is not shown here stands at the name. */
function personIn(
  people: readonly PersonAt[] | undefined,
  id: ColumnId,
  shown: readonly ColumnPlace[],
): PersonAt | undefined {
  return people?.find(({ column }) => column === id || (id === 'name' && !shown.some(place => place.id === column)))
}
