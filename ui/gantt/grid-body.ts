// The rows of the tree grid: a pool of DOM rows refilled while scrolling. Written without React because it runs every frame.
import { type ColumnId, columns, flagsOf, isCritical, isLate, type Sheet } from './column.ts'
import { iconNode } from './icon-path.ts'
import { isParent, type Rows } from './outline.ts'

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
  presence: ReadonlyMap<string, { name: string; color: string }>
  critical: boolean
  rowHeight: number
  /** An empty row below the last task, where typing adds one. */
  newRow: boolean
  /** Prefix of element ids, unique on the page. */
  idPrefix: string
}

interface Slot {
  row: number
  element: HTMLDivElement
  cells: HTMLDivElement[]
}

export interface GridBody {
  /** Draws the rows that are in view; `changed` refills all of them. */
  render: (picture: GridPicture, scrollTop: number, height: number, changed: boolean) => void
  rowAt: (target: EventTarget | null) => number | undefined
  columnAt: (target: EventTarget | null) => ColumnId | undefined
}

/** Element id of a cell, for aria-activedescendant. */
export const cellId = (prefix: string, row: number, column: ColumnId): string => `${prefix}-${row}-${column}`

const OVERSCAN = 4

export function createGridBody(host: HTMLElement): GridBody {
  let slots: Slot[] = []
  let layout = ''

  function build(picture: GridPicture, count: number): void {
    host.replaceChildren()
    slots = Array.from({ length: count }, () => {
      const element = document.createElement('div')
      element.className = 'yz-row'
      // Until it is filled: a plan with fewer rows than the window would have spare ones lie over its first.
      element.hidden = true
      element.setAttribute('role', 'row')
      element.style.height = `${picture.rowHeight}px`
      let x = 0
      const cells = picture.columns.map(({ id, width }) => {
        const cell = document.createElement('div')
        cell.className = `yz-cell yz-${columns[id].align} yz-col-${id}`
        cell.setAttribute('role', id === 'row' ? 'rowheader' : 'gridcell')
        cell.dataset.column = id
        cell.style.left = `${x}px`
        cell.style.width = `${width}px`
        x += width
        return cell
      })
      element.style.width = `${x}px`
      element.append(...cells)
      return { row: -1, element, cells }
    })
    host.append(...slots.map(slot => slot.element))
  }

  function fill(slot: Slot, row: number, picture: GridPicture): void {
    const { sheet } = picture
    const { element } = slot
    slot.row = row
    element.style.transform = `translateY(${row * picture.rowHeight}px)`
    element.hidden = false
    element.dataset.row = String(row)
    element.setAttribute('aria-rowindex', String(row + 2))
    const at = picture.rows.tasks[row]
    const task = at === undefined ? undefined : sheet.outline.plan.tasks[at]
    if (at === undefined || !task) {
      fillNew(slot, row, picture)
      return
    }
    const parent = isParent(sheet.outline, at)
    const selected = picture.selected.has(task.id)
    const critical = picture.critical && isCritical(sheet.dates, at) && sheet.outline.percent[at]! < 100
    element.className = `yz-row${parent ? ' yz-parent' : ''}${selected ? ' yz-selected' : ''}${task.inactive ? ' yz-inactive' : ''}${picture.pending.has(task.id) ? ' yz-pending' : ''}`
    element.setAttribute('aria-level', String(sheet.outline.level[at]! + 1))
    element.setAttribute('aria-selected', String(selected))
    if (parent) element.setAttribute('aria-expanded', String(!picture.collapsed.has(task.id)))
    else element.removeAttribute('aria-expanded')
    picture.columns.forEach(({ id }, i) => {
      const cell = slot.cells[i]!
      cell.id = cellId(picture.idPrefix, row, id)
      const active = picture.active?.task === task.id && picture.active.column === id
      cell.classList.toggle('yz-active', active)
      const value = columns[id].value(sheet, task, at)
      if (id === 'name') fillName(cell, value, parent, at, picture)
      else if (id === 'flags') fillFlags(cell, picture, at)
      else if (cell.textContent !== value) cell.textContent = value
      if (id === 'total_float') cell.classList.toggle('yz-critical', critical)
      if (id === 'finish') cell.classList.toggle('yz-critical', isLate(sheet, task, at))
      cell.title = id === 'name' || id === 'resources' || id === 'constraint' ? value : ''
    })
  }

  function fillNew(slot: Slot, row: number, picture: GridPicture): void {
    const { element } = slot
    element.className = 'yz-row yz-new'
    element.setAttribute('aria-level', '1')
    element.setAttribute('aria-selected', 'false')
    element.removeAttribute('aria-expanded')
    picture.columns.forEach(({ id }, i) => {
      const cell = slot.cells[i]!
      cell.id = cellId(picture.idPrefix, row, id)
      cell.classList.toggle('yz-active', picture.active?.task === '' && picture.active.column === id)
      cell.classList.remove('yz-critical')
      cell.title = ''
      cell.style.paddingLeft = ''
      delete cell.dataset.flags
      cell.textContent = id === 'name' ? picture.sheet.text.new_row : ''
    })
  }

  function fillName(cell: HTMLDivElement, name: string, parent: boolean, at: number, picture: GridPicture): void {
    let twist = cell.querySelector<HTMLElement>('.yz-twist')
    let words = cell.querySelector<HTMLElement>('.yz-name')
    if (!twist || !words) {
      twist = document.createElement('span')
      twist.className = 'yz-twist'
      words = document.createElement('span')
      words.className = 'yz-name'
      cell.replaceChildren(twist, words)
    }
    cell.style.paddingLeft = `${4 + picture.sheet.outline.level[at]! * 14}px`
    const id = picture.sheet.outline.plan.tasks[at]?.id ?? ''
    const state = parent ? (picture.collapsed.has(id) ? 'expand' : 'collapse') : ''
    if (twist.dataset.state !== state) {
      twist.dataset.state = state
      twist.replaceChildren(...(state === 'expand' || state === 'collapse' ? [iconNode(state)] : []))
    }
    if (words.textContent !== name) words.textContent = name
    const editor = picture.presence.get(id)
    words.style.boxShadow = editor ? `inset 0 -2px 0 ${editor.color}` : ''
    words.dataset.presence = editor?.name ?? ''
  }

  function fillFlags(cell: HTMLDivElement, picture: GridPicture, at: number): void {
    const task = picture.sheet.outline.plan.tasks[at]!
    const flags = flagsOf(picture.sheet, task, at).slice(0, 2)
    const key = flags.join()
    if (cell.dataset.flags === key) return
    cell.dataset.flags = key
    cell.replaceChildren(...flags.map(iconNode))
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
      host.style.height = `${count * picture.rowHeight}px`
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
      const row = target instanceof Element ? target.closest<HTMLElement>('.yz-row')?.dataset.row : undefined
      return row === undefined ? undefined : Number(row)
    },
    columnAt(target) {
      const id = target instanceof Element ? target.closest<HTMLElement>('.yz-cell')?.dataset.column : undefined
      return id !== undefined && isColumnId(id) ? id : undefined
    },
  }
}

export const isColumnId = (id: string): id is ColumnId => Object.hasOwn(columns, id)
