// 地铁车站: a two-level underground station by cut and cover, about 400 tasks with the shape such a plan has in life:
// diaphragm walls panel by panel, excavation and structure following each other section by section, systems, tests, hand-over.
import type { Calendar, Plan } from '@yingzao/engines/schedule/plan'
import { type Both, type Lang, planOf } from './builder.ts'

const sections = [1, 2, 3, 4, 5, 6, 7, 8]
const panels = Array.from({ length: 24 }, (_, index) => index + 1)
/** 跳幅施工: odd panels first, then each even one between two hardened neighbours; two rigs at work. */
const panelOrder = [...panels.filter(n => n % 2 === 1), ...panels.filter(n => n % 2 === 0)]
const two = (value: number) => String(value).padStart(2, '0')

export function metroStation(lang: Lang, start: number, calendars: readonly Calendar[]): Plan {
  const p = planOf({
    name: ['云溪路站土建及机电总进度计划', 'Yunxi Road Station master programme'],
    lang,
    start,
    calendars,
    resources: {
      grab: { name: ['成槽机', 'Wall grab'], max: 2 },
      crane: { name: ['250t 履带吊', '250 t crawler crane'], max: 2 },
      wall: { name: ['地连墙班组', 'Diaphragm wall crew'], max: 2 },
      earth: { name: ['土方班组', 'Earthworks crew'], max: 3 },
      strut: { name: ['支撑班组', 'Strutting crew'], max: 2 },
      steel: { name: ['钢筋班组', 'Rebar crew'], max: 4 },
      form: { name: ['模板班组', 'Formwork crew'], max: 4 },
      pour: { name: ['混凝土班组', 'Concrete crew'], max: 2 },
      proof: { name: ['防水班组', 'Waterproofing crew'], max: 2 },
      finish: { name: ['装修班组', 'Finishing crew'], max: 4 },
      electric: { name: ['机电班组', 'M&E crew'], max: 6 },
      tester: { name: ['调试工程师', 'Commissioning engineer'], max: 4 },
      survey: { name: ['测量监测', 'Survey and monitoring'], max: 2 },
    },
  })

  p.summary('prep', ['施工准备', 'Preparation'], () => {
    p.task('award', ['中标通知书', 'Letter of award'], 0, { milestone: true })
    p.task('team', ['项目部组建与进场', 'Team set up on site'], 10, { after: 'award' })
    p.task('land', ['施工用地移交', 'Site possession'], 15, { after: 'award' })
    p.task('traffic', ['一期交通疏解', 'Traffic diversion, stage 1'], 20, { after: ['land', 'team'] })
    p.task('pipes-water', ['给水管线迁改', 'Water main diversion'], 25, { after: 'traffic SS+5d' })
    p.task('pipes-power', ['10kV 电力迁改', '10 kV cable diversion'], 30, { after: 'traffic SS+5d' })
    p.task('pipes-tele', ['通信管线迁改', 'Telecom diversion'], 18, { after: 'pipes-water SS+8d' })
    p.task('camp', ['临建与场地硬化', 'Site camp and paving'], 25, { after: 'land' })
    p.task('power', ['临时用电用水接入', 'Temporary power and water'], 15, { after: 'camp SS+10d' })
    p.task('drawing', ['施工图会审与交底', 'Drawing review and briefing'], 12, { after: 'team' })
    p.task('method', ['深基坑专项方案论证', 'Deep-pit method statement reviewed by experts'], 20, { after: 'drawing' })
    p.task('monitor', ['监测点布设与初值', 'Monitoring points and first readings'], 8, {
      after: 'camp',
      crew: { survey: 1 },
    })
    p.task('ready', ['围护结构开工', 'Start of retaining works'], 0, {
      milestone: true,
      after: ['pipes-water', 'pipes-power', 'power', 'method', 'monitor'],
    })
  })

  p.summary('retain', ['围护结构', 'Retaining structure'], () => {
    p.summary('guide', ['导墙', 'Guide walls'], () => {
      for (const n of [1, 2, 3, 4])
        p.task(`guide-${n}`, [`第${n}段导墙`, `Guide wall ${n}`], 6, {
          after: n === 1 ? 'ready' : `guide-${n - 1} SS+4d`,
          crew: { form: 1, pour: 0.5 },
        })
    })
    p.summary('wall', ['地下连续墙', 'Diaphragm walls'], () => {
      for (const [index, n] of panels.entries()) {
        const name: Both = [`${two(n)}幅`, `Panel ${two(n)}`]
        const order = panelOrder.indexOf(n)
        const rig = order < 2 ? ['guide-4'] : [`wall-grab-${panelOrder[order - 2]}`]
        const hardened =
          n % 2 === 1
            ? []
            : [n - 1, n + 1].filter(next => next <= panels.length).map(next => `wall-pour-${next} FS+3ed`)
        p.summary(`wall-${index + 1}`, [`地连墙${name[0]}`, `Diaphragm wall ${name[1]}`], () => {
          p.task(`wall-grab-${n}`, [`${name[0]}成槽`, `${name[1]} excavate`], 2, {
            after: [...rig, ...hardened],
            crew: { grab: 1, wall: 0.5 },
          })
          p.task(`wall-cage-${n}`, [`${name[0]}钢筋笼吊装`, `${name[1]} lift cage`], 1, {
            after: `wall-grab-${n}`,
            crew: { crane: 1, steel: 0.5 },
          })
          p.task(`wall-pour-${n}`, [`${name[0]}水下混凝土`, `${name[1]} tremie concrete`], 1, {
            after: `wall-cage-${n}`,
            crew: { pour: 1 },
          })
        })
      }
    })
    p.summary('pile', ['立柱桩与降水', 'Columns and dewatering'], () => {
      for (const n of [1, 2, 3, 4])
        p.task(`pile-${n}`, [`立柱桩第${n}批`, `Column piles, batch ${n}`], 8, {
          after: n === 1 ? 'guide-4' : `pile-${n - 1}`,
          crew: { crane: 0.5 },
        })
      for (const n of [1, 2, 3, 4])
        p.task(`well-${n}`, [`降水井第${n}批`, `Wells, batch ${n}`], 5, { after: n === 1 ? 'pile-2' : `well-${n - 1}` })
      p.task('dry', ['预降水', 'Pre-dewatering'], 20, { after: ['well-4', 'wall-pour-23', 'wall-pour-24'] })
    })
    p.summary('crown', ['冠梁', 'Capping beam'], () => {
      for (const n of [1, 2, 3, 4])
        p.task(`crown-${n}`, [`第${n}段冠梁`, `Capping beam ${n}`], 9, {
          after: n === 1 ? 'wall-pour-24 FS+5d' : `crown-${n - 1} SS+5d`,
          crew: { steel: 1, form: 1 },
        })
    })
    p.task('retain-done', ['围护结构完成', 'Retaining structure complete'], 0, {
      milestone: true,
      after: ['crown-4', 'dry'],
    })
  })

  p.summary('dig', ['基坑开挖与支撑', 'Excavation and struts'], () => {
    for (const n of sections) {
      p.summary(`dig-${n}`, [`第${n}段开挖`, `Section ${n} excavation`], () => {
        const s: Both = [`${n}段`, `S${n}`]
        p.task(`dig-${n}-1`, [`${s[0]}第一层土方`, `${s[1]} layer 1`], 5, {
          after: n === 1 ? 'retain-done' : [`dig-${n - 1}-1`, 'retain-done'],
          crew: { earth: 1 },
        })
        p.task(`strut-${n}-1`, [`${s[0]}混凝土支撑`, `${s[1]} concrete struts`], 6, {
          after: `dig-${n}-1`,
          crew: { strut: 1, pour: 0.5 },
        })
        p.task(`dig-${n}-2`, [`${s[0]}第二层土方`, `${s[1]} layer 2`], 6, {
          after: n === 1 ? `strut-${n}-1 FS+7ed` : [`strut-${n}-1 FS+7ed`, `dig-${n - 1}-2`],
          crew: { earth: 1 },
        })
        p.task(`strut-${n}-2`, [`${s[0]}第二道钢支撑`, `${s[1]} steel struts 2`], 3, {
          after: `dig-${n}-2 SS+3d`,
          crew: { strut: 1 },
        })
        p.task(`dig-${n}-3`, [`${s[0]}第三层土方`, `${s[1]} layer 3`], 6, {
          after: [`strut-${n}-2`, `dig-${n}-2`],
          crew: { earth: 1 },
        })
        p.task(`strut-${n}-3`, [`${s[0]}第三道钢支撑`, `${s[1]} steel struts 3`], 3, {
          after: `dig-${n}-3 SS+3d`,
          crew: { strut: 1 },
        })
        p.task(`dig-${n}-4`, [`${s[0]}第四层土方`, `${s[1]} layer 4`], 5, {
          after: [`strut-${n}-3`, `dig-${n}-3`],
          crew: { earth: 1, survey: 0.5 },
        })
        p.task(`blind-${n}`, [`${s[0]}垫层与接地`, `${s[1]} blinding and earthing`], 3, {
          after: `dig-${n}-4`,
          crew: { pour: 0.5 },
        })
      })
    }
    p.task('dig-done', ['基坑见底', 'Pit at formation level'], 0, {
      milestone: true,
      after: sections.map(n => `blind-${n}`),
      deadline: 455,
    })
  })

  p.summary('body', ['主体结构', 'Main structure'], () => {
    for (const n of sections) {
      p.summary(`body-${n}`, [`第${n}段主体`, `Section ${n} structure`], () => {
        const s: Both = [`${n}段`, `S${n}`]
        p.task(`proof-${n}`, [`${s[0]}底板防水`, `${s[1]} base waterproofing`], 3, {
          after: `blind-${n}`,
          crew: { proof: 1 },
        })
        p.task(`base-bar-${n}`, [`${s[0]}底板钢筋`, `${s[1]} base slab rebar`], 7, {
          after: n === 1 ? `proof-${n}` : [`proof-${n}`, `base-bar-${n - 1}`],
          crew: { steel: 1 },
        })
        p.task(`base-${n}`, [`${s[0]}底板混凝土`, `${s[1]} base slab concrete`], 2, {
          after: `base-bar-${n}`,
          crew: { pour: 1, form: 0.5 },
        })
        p.task(`wall-mid-${n}`, [`${s[0]}侧墙及中板钢筋模板`, `${s[1]} walls and concourse slab rebar, formwork`], 12, {
          after: `base-${n} FS+5ed`,
          crew: { steel: 1, form: 1 },
        })
        p.task(`mid-${n}`, [`${s[0]}中板混凝土`, `${s[1]} concourse slab concrete`], 2, {
          after: `wall-mid-${n}`,
          crew: { pour: 1 },
        })
        p.task(`roof-bar-${n}`, [`${s[0]}侧墙及顶板钢筋模板`, `${s[1]} walls and roof rebar, formwork`], 12, {
          after: `mid-${n} FS+7ed`,
          crew: { steel: 1, form: 1 },
        })
        p.task(`roof-${n}`, [`${s[0]}顶板混凝土`, `${s[1]} roof concrete`], 2, {
          after: `roof-bar-${n}`,
          crew: { pour: 1 },
        })
        p.task(`roof-proof-${n}`, [`${s[0]}顶板防水`, `${s[1]} roof waterproofing`], 4, {
          after: `roof-${n} FS+14ed`,
          crew: { proof: 1 },
        })
      })
    }
    p.task('topped', ['主体结构封顶', 'Structure topped out'], 0, {
      milestone: true,
      after: sections.map(n => `roof-${n}`),
      deadline: 560,
    })
  })

  p.summary('annex', ['附属结构', 'Entrances and vents'], () => {
    const parts: readonly Both[] = [
      ['A 出入口', 'Entrance A'],
      ['B 出入口', 'Entrance B'],
      ['C 出入口', 'Entrance C'],
      ['D 出入口', 'Entrance D'],
      ['1 号风亭', 'Vent shaft 1'],
      ['2 号风亭', 'Vent shaft 2'],
    ]
    for (const [index, part] of parts.entries()) {
      p.summary(`annex-${index}`, part, () => {
        const s = `annex-${index}`
        p.task(`${s}-retain`, [`${part[0]}围护`, `${part[1]} retaining`], 18, {
          after: index < 2 ? ['roof-proof-2', 'roof-proof-7'] : `annex-${index - 2}-dig`,
          crew: { wall: 1 },
        })
        p.task(`${s}-dig`, [`${part[0]}开挖`, `${part[1]} excavation`], 12, {
          after: `${s}-retain FS+5d`,
          crew: { earth: 1 },
        })
        p.task(`${s}-base`, [`${part[0]}底板`, `${part[1]} base slab`], 9, {
          after: `${s}-dig`,
          crew: { steel: 1, form: 1 },
        })
        p.task(`${s}-roof`, [`${part[0]}侧墙顶板`, `${part[1]} walls and roof`], 16, {
          after: `${s}-base`,
          crew: { steel: 1, form: 1 },
        })
        p.task(`${s}-link`, [`${part[0]}与主体接口`, `${part[1]} opening to station`], 6, {
          after: `${s}-roof`,
          crew: { form: 1 },
        })
        p.task(`${s}-proof`, [`${part[0]}防水回填`, `${part[1]} waterproofing and backfill`], 6, {
          after: `${s}-link`,
          crew: { proof: 1 },
        })
      })
    }
  })

  p.summary('road', ['回填与道路恢复', 'Backfill and road'], () => {
    p.task('fill-1', ['顶板回填（1–4 段）', 'Backfill, sections 1–4'], 12, {
      after: ['roof-proof-1', 'roof-proof-2', 'roof-proof-3', 'roof-proof-4'],
      crew: { earth: 1 },
    })
    p.task('fill-2', ['顶板回填（5–8 段）', 'Backfill, sections 5–8'], 12, {
      after: ['roof-proof-5', 'roof-proof-6', 'roof-proof-7', 'roof-proof-8'],
      crew: { earth: 1 },
    })
    p.task('pipes-back', ['管线回迁', 'Utilities back in place'], 20, { after: ['fill-1', 'fill-2'] })
    p.task('paving', ['道路面层恢复', 'Road surface'], 15, { after: 'pipes-back' })
    p.task('green', ['绿化恢复', 'Landscaping'], 10, { after: 'paving SS+8d' })
  })

  p.summary('fit', ['建筑装修', 'Architectural finishes'], () => {
    const zones: readonly Both[] = [
      ['站台层设备区', 'Platform plant rooms'],
      ['站厅层设备区', 'Concourse plant rooms'],
      ['站台层公共区', 'Platform public area'],
      ['站厅层公共区', 'Concourse public area'],
    ]
    for (const [index, zone] of zones.entries()) {
      p.summary(`fit-${index}`, zone, () => {
        const s = `fit-${index}`
        p.task(`${s}-brick`, [`${zone[0]}砌筑`, `${zone[1]} blockwork`], 22, {
          after: index < 2 ? 'topped FS+28ed' : `fit-${index - 2}-brick`,
          crew: { finish: 1 },
        })
        p.task(`${s}-plaster`, [`${zone[0]}抹灰`, `${zone[1]} plaster`], 14, {
          after: `${s}-brick SS+10d`,
          crew: { finish: 1 },
        })
        p.task(`${s}-screed`, [`${zone[0]}地面找平`, `${zone[1]} screed`], 10, {
          after: `${s}-plaster`,
          crew: { finish: 1 },
        })
        p.task(`${s}-ceiling`, [`${zone[0]}吊顶龙骨`, `${zone[1]} ceiling frame`], 15, {
          after: `${s}-plaster`,
          crew: { finish: 1 },
        })
        p.task(`${s}-stone`, [`${zone[0]}墙地面饰面`, `${zone[1]} stone and cladding`], 25, {
          after: [`${s}-screed`, `${s}-ceiling SS+5d`],
          crew: { finish: 1 },
        })
        p.task(`${s}-doors`, [`${zone[0]}门窗与导向`, `${zone[1]} doors and signage`], 10, {
          after: `${s}-stone`,
          crew: { finish: 1 },
        })
      })
    }
  })

  p.summary('systems', ['机电与系统', 'Building services and systems'], () => {
    const systems: readonly Both[] = [
      ['通风空调', 'HVAC'],
      ['给排水及消防', 'Plumbing and fire main'],
      ['动力照明', 'Power and lighting'],
      ['变电所', 'Substation'],
      ['火灾报警 FAS', 'Fire alarm'],
      ['环境监控 BAS', 'Building automation'],
      ['通信', 'Communications'],
      ['自动售检票 AFC', 'Fare collection'],
    ]
    for (const [index, system] of systems.entries()) {
      p.summary(`sys-${index}`, system, () => {
        const s = `sys-${index}`
        p.task(`${s}-order`, [`${system[0]}设备订货`, `${system[1]} equipment on order`], 90, {
          after: index % 2 === 0 ? 'method FS+60d' : 'retain-done',
        })
        p.task(`${s}-duct`, [`${system[0]}管线预埋安装`, `${system[1]} containment`], 30, {
          after: ['topped', `fit-${index % 2}-brick SS+12d`],
          crew: { electric: 1 },
        })
        p.task(`${s}-set`, [`${system[0]}设备就位`, `${system[1]} equipment in place`], 15, {
          after: [`${s}-order`, `${s}-duct`, `fit-${index % 2}-screed`],
          crew: { electric: 1 },
        })
        p.task(`${s}-wire`, [`${system[0]}接线`, `${system[1]} wiring`], 18, {
          after: `${s}-set`,
          crew: { electric: 1 },
        })
        p.task(`${s}-test`, [`${system[0]}单机调试`, `${system[1]} stand-alone tests`], 10, {
          after: index === 3 ? `${s}-wire` : [`${s}-wire`, 'live'],
          crew: { tester: 1 },
        })
        if (index === 3)
          p.task('live', ['变电所受电', 'Substation energised'], 0, { milestone: true, after: `${s}-test` })
      })
    }
    p.summary('track', ['轨行区与站台门', 'Trackway and platform doors'], () => {
      p.task('track-hand', ['轨行区移交', 'Trackway handed over'], 0, {
        milestone: true,
        after: 'topped FS+45d',
        deadline: 640,
      })
      p.task('track-lay', ['铺轨通过', 'Track laid through'], 20, { after: 'track-hand' })
      p.task('psd-order', ['站台门制造', 'Platform doors made'], 120, { after: 'dig-done' })
      p.task('psd-set', ['站台门安装', 'Platform doors fitted'], 30, {
        after: ['track-lay', 'psd-order', 'fit-2-screed'],
        crew: { electric: 1 },
      })
      p.task('psd-test', ['站台门调试', 'Platform doors tested'], 12, {
        after: ['psd-set', 'live'],
        crew: { tester: 1 },
      })
    })
  })

  p.summary('finish', ['联调联试与验收', 'Integration tests and acceptance'], () => {
    p.task('joint-1', ['系统综合联调', 'Integrated tests of systems'], 25, {
      after: [0, 1, 2, 3, 4, 5, 6, 7].map(index => `sys-${index}-test`),
      crew: { tester: 2 },
    })
    p.task('joint-2', ['与信号联调', 'Integration with signalling'], 20, {
      after: ['joint-1', 'psd-test'],
      crew: { tester: 2 },
    })
    p.task('fire', ['消防检测与验收', 'Fire test and acceptance'], 15, {
      after: ['joint-1', 'fit-3-doors', 'fit-2-doors', 'fit-0-doors', 'fit-1-doors'],
    })
    p.task('civil', ['人防与质量预验收', 'Civil defence and quality pre-acceptance'], 10, {
      after: ['fire SS+5d', 'annex-3-proof', 'annex-4-proof', 'annex-5-proof'],
    })
    p.task('fix', ['预验收整改', 'Snags of pre-acceptance'], 15, { after: 'civil' })
    p.task('run', ['试运行', 'Trial running'], 60, {
      after: ['joint-2', 'fix'],
      calendar: calendars.find(item => item.id === 'round')?.id ?? 'std',
    })
    p.task('archive', ['竣工资料归档', 'As-built records'], 30, { after: 'fix' })
    p.task('accept', ['竣工验收', 'Final acceptance'], 5, { after: ['run', 'archive', 'green', 'fire'] })
    p.task('open', ['移交运营', 'Handed to the operator'], 0, { milestone: true, after: 'accept', deadline: 611 })
  })
  return p.done()
}
