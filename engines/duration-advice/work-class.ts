// 工作类别: what kind of work a name speaks of, by the words that planners use. The widest group history is asked for.

/** The first that fits counts, so what is done about a thing stands before the thing: "混凝土养护" is curing. */
const patterns = {
  curing: /养护|静置|龄期|\bcur(?:e|ing)\b/,
  testing: /试验|检测|测试|试运行|试车|调试|验证|试压|\b(?:test|tests|testing|commissioning|trial|trials|uat)\b/,
  approval:
    /审批|报审|审核|审查|评审|验收|报批|备案|许可|会签|\b(?:approv\w*|permit\w*|review\w*|acceptance|sign-?off|inspection)\b/,
  procurement: /采购|招标|招采|订货|到货|进场|供货|\b(?:procure\w*|purchas\w*|tender\w*|deliver\w*|order(?:ing)?)\b/,
  design: /设计|图纸|深化|方案|\b(?:design\w*|drawing\w*|specification|blueprint)\b/,
  training: /培训|交底|\btraining\b/,
  software:
    /开发|编码|接口|配置|迁移|上线|\b(?:develop\w*|coding|interface\w*|configur\w*|migrat\w*|rollout|cutover)\b/,
  preparation: /准备|临时设施|三通一平|围挡|\b(?:mobili[sz]ation|preparat\w*|site set-?up|hoarding)\b/,
  ground:
    /土方|开挖|基坑|支护|地基|桩|降水|围护|\b(?:earthwork\w*|excavat\w*|pil(?:e|es|ing)|dewater\w*|shoring|diaphragm)\b/,
  formwork: /模板|脚手架|支架|\b(?:formwork|scaffold\w*|falsework)\b/,
  rebar: /钢筋|\b(?:rebar|reinforce\w*)\b/,
  concrete: /混凝土|砼|浇筑|\b(?:concret\w*|pour\w*|cast\w*)\b/,
  steel: /钢结构|钢梁|吊装|\b(?:steel\w*|erection)\b/,
  masonry: /砌筑|砌体|抹灰|\b(?:masonry|brick\w*|plaster\w*)\b/,
  waterproofing: /防水|\bwaterproof\w*\b/,
  finishing:
    /装修|装饰|吊顶|涂料|地面|幕墙|门窗|\b(?:finish(?:es|ing)|decorat\w*|paint\w*|floor\w*|ceiling\w*|fa[cç]ade|glazing)\b/,
  installation: /安装|机电|管线|电缆|设备|\b(?:install\w*|mep|cabl\w*|equipment|piping)\b/,
  demolition: /拆除|\bdemoli\w*\b/,
} as const

export type WorkClass = keyof typeof patterns

const list = Object.entries(patterns)
const isClass = (key: string): key is WorkClass => key in patterns
export const workClasses: readonly WorkClass[] = list.flatMap(([key]) => (isClass(key) ? [key] : []))

/** Null for a name that says nothing of its kind. */
export function workClassOf(name: string): WorkClass | null {
  const text = name.slice(0, 500).normalize('NFKC').toLowerCase()
  return workClasses.find(key => patterns[key].test(text)) ?? null
}
