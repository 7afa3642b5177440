// A believable plan of an underground metro station, made from a seed: the harness page, the journeys and the bench use it.
import { compute } from '@yingzao/engines/schedule'
import { dayNumber } from '@yingzao/engines/schedule/civil'
import {
  type Assignment,
  type Calendar,
  defaultOptions,
  type Lag,
  type Link,
  type LinkType,
  type Plan,
  type Resource,
  type Task,
} from '@yingzao/engines/schedule/plan'

type Lang = 'zh' | 'en'
type Words = readonly [zh: string, en: string]

/** Deterministic random numbers 0–1 (mulberry32). */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const day = (year: number, month: number, d: number) => dayNumber(year, month, d)
const SHIFTS = [
  { from: 480, to: 720 },
  { from: 780, to: 1020 },
]
const siteShifts = [
  { from: 420, to: 720 },
  { from: 780, to: 1080 },
]

const holidays: readonly (readonly [Words, number, number])[] = [
  [['国庆节', 'National Day'], day(2026, 10, 1), day(2026, 10, 7)],
  [['元旦', 'New Year'], day(2027, 1, 1), day(2027, 1, 3)],
  [['春节', 'Spring Festival'], day(2027, 2, 5), day(2027, 2, 16)],
  [['清明节', 'Qingming'], day(2027, 4, 3), day(2027, 4, 5)],
  [['劳动节', 'Labour Day'], day(2027, 5, 1), day(2027, 5, 5)],
  [['端午节', 'Dragon Boat Festival'], day(2027, 6, 9), day(2027, 6, 9)],
  [['国庆节', 'National Day'], day(2027, 10, 1), day(2027, 10, 7)],
  [['春节', 'Spring Festival'], day(2028, 1, 25), day(2028, 2, 5)],
  [['国庆节', 'National Day'], day(2028, 10, 1), day(2028, 10, 7)],
]

function calendars(lang: Lang): Calendar[] {
  const pick = (words: Words) => words[lang === 'zh' ? 0 : 1]
  const exceptions = holidays.map(([name, fromDay, toDay]) => ({ name: pick(name), fromDay, toDay, shifts: [] }))
  // 调休: Saturdays and Sundays worked to make up for a long holiday.
  const working = [day(2026, 9, 27), day(2026, 10, 10), day(2027, 2, 20)].map(at => ({
    name: pick(['调休', 'Make-up day']),
    fromDay: at,
    toDay: at,
    shifts: SHIFTS,
  }))
  return [
    {
      id: 'office',
      name: pick(['办公日历（五天制）', 'Office (five days)']),
      week: [[], SHIFTS, SHIFTS, SHIFTS, SHIFTS, SHIFTS, []],
      workWeeks: [],
      exceptions: [...exceptions, ...working],
    },
    {
      id: 'site',
      name: pick(['现场日历（七天制）', 'Site (seven days)']),
      week: Array.from({ length: 7 }, () => siteShifts),
      workWeeks: [],
      exceptions,
    },
  ]
}

const stages: readonly { name: Words; works: readonly (readonly [Words, number])[] }[] = [
  {
    name: ['围护结构', 'Retaining structure'],
    works: [
      [['导墙施工', 'Guide walls'], 6],
      [['地下连续墙成槽', 'Diaphragm wall trenching'], 14],
      [['钢筋笼制作与吊装', 'Rebar cage fabrication and lifting'], 12],
      [['水下混凝土灌注', 'Underwater concreting'], 10],
      [['墙底注浆', 'Toe grouting'], 5],
      [['冠梁施工', 'Capping beam'], 7],
    ],
  },
  {
    name: ['地基加固与降水', 'Ground improvement and dewatering'],
    works: [
      [['三轴搅拌桩加固', 'Triaxial mixing piles'], 12],
      [['高压旋喷桩', 'Jet grouting piles'], 9],
      [['降水井施工', 'Dewatering wells'], 8],
      [['试降水', 'Trial dewatering'], 5],
    ],
  },
  {
    name: ['土方开挖与支撑', 'Excavation and struts'],
    works: [
      [['第一层土方开挖', 'Excavation, layer 1'], 8],
      [['第一道混凝土支撑', 'Concrete strut 1'], 9],
      [['第二层土方开挖', 'Excavation, layer 2'], 9],
      [['第二道钢支撑', 'Steel strut 2'], 4],
      [['第三层土方开挖', 'Excavation, layer 3'], 9],
      [['第三道钢支撑', 'Steel strut 3'], 4],
      [['基底清理与验槽', 'Bottom cleaning and inspection'], 3],
    ],
  },
  {
    name: ['主体结构', 'Main structure'],
    works: [
      [['接地网', 'Earthing grid'], 3],
      [['垫层与防水', 'Blinding and waterproofing'], 6],
      [['底板钢筋', 'Base slab rebar'], 8],
      [['底板混凝土', 'Base slab concrete'], 3],
      [['侧墙与立柱', 'Walls and columns'], 12],
      [['中板模板钢筋', 'Middle slab formwork and rebar'], 10],
      [['中板混凝土', 'Middle slab concrete'], 3],
      [['顶板施工', 'Roof slab'], 13],
      [['顶板防水与回填', 'Roof waterproofing and backfill'], 8],
    ],
  },
]

const fitOut: readonly { name: Words; works: readonly (readonly [Words, number])[] }[] = [
  {
    name: ['出入口及风亭', 'Entrances and vent shafts'],
    works: [
      [['A 出入口', 'Entrance A'], 45],
      [['B 出入口', 'Entrance B'], 48],
      [['C 出入口', 'Entrance C'], 40],
      [['1 号风亭', 'Vent shaft 1'], 38],
      [['2 号风亭', 'Vent shaft 2'], 36],
    ],
  },
  {
    name: ['站台与轨行区', 'Platform and track area'],
    works: [
      [['轨顶风道', 'Over-track duct'], 20],
      [['站台板', 'Platform slab'], 24],
      [['铺轨移交条件', 'Track-laying handover works'], 12],
    ],
  },
  {
    name: ['机电安装', 'Mechanical and electrical'],
    works: [
      [['通风空调风管安装', 'HVAC ducts'], 50],
      [['给排水及消防管道', 'Plumbing and fire mains'], 45],
      [['低压配电与照明', 'LV distribution and lighting'], 48],
      [['变电所设备安装', 'Substation equipment'], 35],
      [['综合监控系统', 'Integrated supervision'], 40],
      [['火灾报警系统', 'Fire alarm'], 32],
      [['屏蔽门安装', 'Platform screen doors'], 30],
      [['自动扶梯与电梯', 'Escalators and lifts'], 42],
      [['单机调试', 'Unit commissioning'], 20],
      [['系统联调', 'Integrated commissioning'], 30],
    ],
  },
  {
    name: ['装饰装修', 'Finishes'],
    works: [
      [['砌筑与抹灰', 'Masonry and plaster'], 36],
      [['公共区吊顶', 'Public area ceiling'], 28],
      [['公共区地面石材', 'Public area stone floor'], 30],
      [['墙面搪瓷钢板', 'Enamel wall panels'], 26],
      [['导向标识', 'Wayfinding signs'], 14],
      [['卫生间与设备房装修', 'Toilets and plant rooms'], 24],
    ],
  },
]

const crews: readonly (readonly [Words, number])[] = [
  [['连续墙班组', 'Diaphragm wall crew'], 2],
  [['土方班组', 'Excavation crew'], 2],
  [['钢筋班组', 'Rebar crew'], 3],
  [['模板班组', 'Formwork crew'], 3],
  [['混凝土班组', 'Concrete crew'], 2],
  [['防水班组', 'Waterproofing crew'], 1],
  [['机电班组', 'M&E crew'], 4],
  [['装修班组', 'Finishing crew'], 3],
]

export interface StationChoice {
  lang?: Lang
  seed?: number
  /** About how many tasks; 400 is one station, 10,000 a whole line. */
  tasks?: number
}

/** A seeded plan: zones in sequence within a stage, stages overlapping, fit-out after the structure, milestones between. */
export function stationPlan({ lang = 'zh', seed = 7, tasks: wanted = 400 }: StationChoice = {}): Plan {
  const rnd = random(seed)
  const pick = (words: Words) => words[lang === 'zh' ? 0 : 1]
  const tasks: Task[] = []
  const links: Link[] = []
  const assignments: Assignment[] = []
  const resources: Resource[] = crews.map(([name, maxUnits], i) => ({
    id: `r${i}`,
    name: pick(name),
    kind: 'work',
    maxUnits,
  }))
  const start = day(2026, 9, 1) * 1440 + 480
  let next = 1

  const add = (name: string, parent: string | undefined, days: number, more: Partial<Task> = {}): string => {
    const id = `t${next++}`
    tasks.push({
      id,
      name,
      ...(parent === undefined ? {} : { parent }),
      kind: 'task',
      duration: days * 480,
      constraint: { type: 'asap' },
      ...more,
    })
    return id
  }
  const summary = (name: string, parent?: string) => add(name, parent, 0, { kind: 'summary' })
  const milestone = (name: string, parent: string | undefined, more: Partial<Task> = {}) =>
    add(name, parent, 0, { kind: 'milestone', milestone: true, ...more })
  const link = (from: string, to: string, type: LinkType = 'FS', days = 0) => {
    const lag: Lag = { kind: 'working', minutes: days * 480 }
    links.push({ id: `l${links.length + 1}`, from, to, type, lag, lagUnit: 'd' })
  }
  const crew = (task: string, i: number) =>
    assignments.push({ id: `a${assignments.length + 1}`, task, resource: `r${i}`, units: rnd() < 0.25 ? 0.5 : 1 })
  const vary = (days: number) => Math.max(1, Math.round(days * (0.55 + rnd() * 0.4)))

  const stationTasks = 381
  const stations = Math.max(1, Math.round(wanted / stationTasks))
  const stationNames: readonly Words[] = [
    ['人民公园站', 'Renmin Park'],
    ['体育中心站', 'Sports Centre'],
    ['软件园站', 'Software Park'],
    ['会展中心站', 'Exhibition Centre'],
    ['江心洲站', 'Jiangxinzhou'],
    ['火车北站', 'Railway North'],
  ]
  const kickOff = milestone(pick(['开工令', 'Notice to proceed']), undefined)
  const done: string[] = []
  for (let s = 0; s < stations; s++) {
    const base = pick(stationNames[s % stationNames.length]!)
    const station = summary(stations === 1 ? base : `${base} ${Math.floor(s / stationNames.length) + 1}`)
    done.push(oneStation(station, kickOff, s * 18))
  }
  const opening = milestone(pick(['初期运营', 'Start of revenue service']), undefined, {
    ...(stations === 1 ? { deadline: day(2029, 6, 28) * 1440 + 1020 } : {}),
  })
  for (const last of done) link(last, opening)

  function oneStation(station: string, begin: string, delay: number): string {
    const permits = summary(pick(['前期与场地', 'Permits and site']), station)
    const chain = (
      [
        [['施工图会审', 'Drawing review'], 15],
        [['管线迁改', 'Utility diversion'], 32],
        [['交通导改', 'Traffic diversion'], 20],
        [['围挡与临建', 'Hoarding and site offices'], 16],
        [['塔吊与龙门吊安装', 'Tower and gantry cranes'], 12],
      ] as const
    ).map(([name, days]) => add(pick(name), permits, vary(days), { calendar: 'office' }))
    link(begin, chain[0]!, 'FS', delay)
    chain.slice(1).forEach((id, i) => {
      link(chain[i]!, id, i === 1 ? 'SS' : 'FS', i === 1 ? 10 : 0)
    })
    const ready = milestone(pick(['具备开挖条件', 'Ready to excavate']), permits)
    link(chain[chain.length - 1]!, ready)

    const zones = 11
    const structure = summary(pick(['土建工程', 'Civil works']), station)
    let gate = ready
    let previousStage: string[] = []
    for (const [stageNumber, stage] of stages.entries()) {
      const stageSummary = summary(pick(stage.name), structure)
      const finished: string[] = []
      let previousZone: string[] = []
      for (let zone = 0; zone < zones; zone++) {
        const zoneSummary = summary(lang === 'zh' ? `第 ${zone + 1} 施工段` : `Zone ${zone + 1}`, stageSummary)
        const ids = stage.works.map(([name, days], i) => {
          const id = add(pick(name), zoneSummary, vary(days))
          if (rnd() < 0.55) crew(id, (stageNumber * 2 + i) % 6)
          return id
        })
        ids.forEach((id, i) => {
          if (i > 0) link(ids[i - 1]!, id, rnd() < 0.12 ? 'SS' : 'FS', rnd() < 0.1 ? 2 : 0)
          if (previousZone[i] && i % 3 === 0) link(previousZone[i]!, id, 'FS', 0)
        })
        link(previousStage[zone] ?? gate, ids[0]!, 'FS', previousStage[zone] ? 2 : 0)
        previousZone = ids
        finished.push(ids[ids.length - 1]!)
      }
      const stageDone = milestone(
        lang === 'zh' ? `${pick(stage.name)}完成` : `${pick(stage.name)} complete`,
        stageSummary,
      )
      for (const id of finished) link(id, stageDone)
      gate = stageDone
      previousStage = finished
    }
    const handover = milestone(pick(['主体结构封顶', 'Structure topped out']), structure, {
      deadline: day(2028, 9, 30) * 1440 + 1020,
    })
    link(gate, handover)

    const endings: string[] = []
    let before = handover
    for (const part of fitOut) {
      const partSummary = summary(pick(part.name), station)
      const ids = part.works.map(([name, days], i) => {
        const id = add(pick(name), partSummary, vary(days), { calendar: i % 3 === 0 ? 'site' : 'office' })
        crew(id, part.works.length > 8 ? 6 : 7)
        return id
      })
      ids.forEach((id, i) => {
        if (i === 0) link(before, id, 'FS', 3)
        else if (i % 3 === 0) link(ids[i - 1]!, id, 'FF', 5)
        else link(ids[i - 1]!, id, i % 2 ? 'SS' : 'FS', i % 2 ? 8 : 0)
      })
      endings.push(ids[ids.length - 1]!)
      before = ids[Math.min(1, ids.length - 1)]!
    }
    const acceptance = summary(pick(['验收与移交', 'Acceptance and handover']), station)
    const fire = add(pick(['消防验收', 'Fire acceptance']), acceptance, 15, { calendar: 'office' })
    const dry = add(pick(['空载试运行', 'Trial running']), acceptance, 60, { calendar: 'site' })
    const final = add(pick(['竣工验收', 'Final acceptance']), acceptance, 12, { calendar: 'office' })
    for (const id of endings) link(id, fire)
    link(fire, dry)
    link(dry, final)
    const handed = milestone(pick(['移交运营', 'Handed to operations']), acceptance)
    link(final, handed)
    return handed
  }

  const plan: Plan = {
    name: lang === 'zh' ? '地铁车站施工总进度计划' : 'Metro station master schedule',
    mode: 'ms',
    options: {
      ...defaultOptions,
      start,
      calendar: 'office',
      statusDate: day(2027, 1, 20) * 1440 + 1020,
      currency: 'CNY',
    },
    calendars: calendars(lang),
    tasks,
    links,
    resources,
    assignments,
  }
  return lived(plan, rnd)
}

/** The plan some months later: the first dates kept as the baseline, a few durations grown, work up to the status date reported. */
function lived(plan: Plan, rnd: () => number): Plan {
  const first = compute(plan)
  if (!first.ok) throw new Error(`The harness plan does not compute: ${first.error.code}`)
  const status = plan.options.statusDate ?? 0
  const slipped: Plan = {
    ...plan,
    tasks: plan.tasks.map((task, i) => {
      const { start, finish, duration } = first.schedule.tasks[i]!
      const grown = task.kind === 'task' && rnd() < 0.07 ? Math.round((task.duration * 1.5) / 480) * 480 : task.duration
      return { ...task, duration: grown, baselines: [{ number: 0, start, finish, duration }] }
    }),
  }
  const second = compute(slipped)
  if (!second.ok) throw new Error(`The harness plan does not compute: ${second.error.code}`)
  return {
    ...slipped,
    tasks: slipped.tasks.map((task, i) => {
      const { start, finish, duration } = second.schedule.tasks[i]!
      if (task.kind === 'summary' || start >= status) return task
      if (finish <= status)
        return {
          ...task,
          percentComplete: 100,
          actualStart: start,
          actualFinish: finish,
          actualDuration: duration,
          remainingDuration: 0,
        }
      const percent = Math.round(((status - start) / (finish - start)) * 20) * 5
      const actualDuration = Math.round((task.duration * percent) / 100)
      return {
        ...task,
        percentComplete: percent,
        actualStart: start,
        actualDuration,
        remainingDuration: task.duration - actualDuration,
      }
    }),
  }
}
