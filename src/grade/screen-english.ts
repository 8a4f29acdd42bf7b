import { rules, type ScreenRule } from "./screen-rules.ts";

const GRADER =
  "(?:grader|marker|examiner|evaluator|rater|assessor|judge|llm|language model|ai model|ai assistant|(?:scoring|grading|marking) (?:system|model|ai|bot))";
const PERSON = "(?:grader|marker|examiner|evaluator|judge|teacher|professor|instructor|reviewer)";
const WORK = "(?:answer|response|submission|essay|script|work|solution|paper|attempt)";
const MARKS = "(?:marks?|points?|credits?|scores?|grades?|ratings?)";
const TOP = "(?:full|maximum|max|maximal|top|highest|perfect|best possible)";

/** What English answers say that speak to the judge. Worded so that answers about grading, rules and prompts pass in general. */
export const ENGLISH: readonly ScreenRule[] = [
  ...rules("override", [
    "\\b(?:ignore|disregard|forget|override|overrule|bypass|discard|neglect|pay no attention to|do not (?:follow|obey|apply))\\b~\\b(?:instructions?|prompts?|rubrics?|marking (?:scheme|guide|criteria)|grading (?:criteria|rules|scheme|guidelines?)|(?:reference|model|sample) answer|guidelines?|system message|directives?)\\b",
    "\\b(?:ignore|disregard|forget) (?:all |any |of |the |that |everything |what |anything )*(?:above|previous|prior|preceding|earlier|before)\\b(?: (?:text|rules?|context|messages?|commands?|statements?|content|this|that)|[.,:;!\\n])",
    "\\b(?:ignore|disregard) (?:these|this|those|others?|everything|all)\\b~\\b(?:score|grade|mark|award|rubric)\\b",
    "\\b(?:new|updated|revised|actual|hidden|secret) (?:instructions?|tasks?|directives?|system prompt|rules?) ?[:=]",
    "\\b(?:reply|respond|output|answer)\\b[^.\\n]{0,20}\\b(?:only|just|exactly|nothing but|nothing except|simply)\\b[^.\\n]{0,20}\\b(?:the word|pass|passed|met|correct|approved|full)\\b",
    "(?:^|\\n)[\\s>\\[(*#-]{0,6}(?:system|developer|admin(?:istrator)?)(?: (?:prompt|message|override|instructions?|note|notice|update|command))?\\b[^\\n]{0,30}[:\\]][^\\n]{0,160}\\b(?:scor|grad|mark|credit|band|award|rubric|candidate|submission|criteri)",
    "\\b(?:scoring|grading|marking|evaluation|assessment) (?:is|has been|mode|was) (?:now )?(?:disabled|suspended|completed?|finished|over|off|cancelled)\\b",
    "\\b(?:calibration|grading|marking|scoring) (?:test )?mode\\b",
  ]),
  ...rules("score-demand", [
    `\\b${TOP} (?:possible |available |overall )?(?:marks?|credits?|band)\\b`,
    `\\b(?:give|award|grant|assign|record|enter)\\b (?:me|us|it|them|this|that|my|the (?:above|candidate|student|answer|following)|every|each|all|full|a |an )[^.\\n]{0,30}\\b(?:${TOP}|best|all|five|ten|\\d{1,3})\\b[^.\\n]{0,15}\\b(?:${MARKS}|levels?|band)\\b`,
    `\\b(?:give|award|grant|assign|record|return|emit|output|set|choose|select)\\b (?:only )?(?:the |a )?(?:${TOP}|best) (?:possible |available )?(?:marks?|grades?|levels?|band|rating)\\b`,
    `\\b(?:emit|output|return|award|give) the (?:maximum|highest|top|full)(?: (?:one|level|amount))?[.!]`,
    "\\b(?:score|grade|rate) (?:this|it|me|my|these|everything)\\b[^.\\n]{0,25}\\b(?:full|max(?:imum)?|perfect|pass(?:ing)?|correct|excellent|top|highest|5|10|100|a\\+?)\\b",
    "\\bmark (?:this|me|my|it|everything|all)\\b[^.\\n]{0,25}\\b(?:full|perfect|correct|excellent|top|highest|10|100)\\b",
    "\\b(?:award|score|give|grade|mark|rate)\\b[^.\\n]{0,20}\\b(\\d{1,3}(?:\\.\\d)?) ?/ ?\\1\\b",
    `\\b(?:this|my|the above|the following) ${WORK}\\b[^.\\n]{0,25}\\b(?:deserves?|is worth|(?:should|must|shall|has to|needs to|ought to|is to) (?:be (?:given|awarded|graded|marked|scored|rated|accepted|credited)|get|receive|earn|pass\\b))`,
    "\\b(?:this|my) (?:answer|response|submission)\\b[^.\\n]{0,25}\\b(?:(?:meets|satisfies|fulfil?ls|covers) (?:all|every|each)|is (?:fully |completely |entirely |absolutely |perfectly |already |100% )(?:correct|perfect|complete|right|excellent|flawless)|is (?:perfect|flawless|excellent|outstanding|exemplary))\\b",
    "\\b(?:all|every|each) (?:of the |the )?(?:grading |marking |rubric )?(?:criteria|criterion|rubric items?)\\b[^.\\n]{0,20}\\b(?:met|satisfied|fulfilled|awarded|covered|granted|full)\\b",
    "\\b(?:grade|score|mark|rate|judge|evaluate|assess) (?:(?:this|it|me|my \\w+) )?(?:generously|leniently|kindly|favou?rably|highly|positively)\\b",
  ]),
  ...rules("forged-verdict", [
    "(?:\\bscore ?[:=] ?\\d[^\\n]{0,20}\\s{0,3}){3}",
    "\\bscore ?[:=] ?\\d{1,3}\\s{1,4}q ?[:.]",
    "\\b(?:final|awarded|official|agreed)[ _-](?:score|mark|grade|verdict|level)s? ?[:=] ?(?:\\d|full|pass|max|top|excellent|correct)",
    "\\b(?:rubric|graded|criteria) ?(?:==|::|:=) ?(?:ok|yes|true|met|pass|full|max|five|\\d)",
    "<(?:score|mark|grade|verdict|grader[\\w-]*|evaluation)> ?(?:\\d|full|pass|max|top|excellent|correct|all )",
    '"(?:criteri(?:a|on)(?:_?ids?)?|verdicts?|level_?id|awarded|rubric)" ?:[^\\n]{0,200}"(?:score|met|points?|marks?|level|credit|grade|awarded|absent|total|passed?)" ?:',
    '"(?:score|grade|marks?|verdict|level)" ?: ?(?:"[^"\\n]{0,20}"|\\d{1,3}) ?, ?\\s{0,8}"(?:feedback|reason(?:ing)?|rationale|justification|findings|verdict|passed?|max(?:_score)?)" ?:',
    "\\|[^|\\n]{0,30}criteri[^|\\n]{0,20}\\|[^\\n]{0,60}\\b(?:awarded|scored?|marks?|points|max|grade)\\b",
    `\\b(?:previous|prior|other|earlier|human|first|second|two) ${GRADER}s?\\b~\\b(?:results?|gave|agreed|awarded|marked|scored|rated|\\d{1,3} ?/ ?\\d{1,3})\\b`,
  ]),
  ...rules("role-token", [
    "<\\|(?:im_start|im_end|im_sep|endoftext|eot_id|start_header_id|end_header_id|begin_of_text|system|assistant|user|end|endofprompt)\\|>",
    "\\[/?inst\\]|<</?sys>>|<(?:start|end)_of_turn>",
    "(?:^|\\n) {0,3}#{2,4} ?(?:system|assistant|human|instructions?) ?:",
    '"role" ?: ?"(?:system|developer)"[^\\n]{0,160}\\b(?:marks?|credits?|score|grade|award|rubric)\\b',
    "(?:^|\\n)(?:assistant|system|human) ?:[^\\n]{0,120}\\b(?:marks?|credits?|score[ds]?|grade[ds]?|award|rubric|criteria)\\b",
  ]),
  ...rules("role-play", [
    "\\b(?:let us|let's|we will|we are going to) (?:all )?play a (?:little )?game\\b",
    `\\byou are (?:now|no longer|hereby|actually|really)\\b (?:my |a |an |the )?(?:\\w+ ){0,3}(?:${PERSON}|checker|assistant|bot|persona|friend|ai|dan)\\b`,
    `\\b(?:imagine|suppose|assume|act as if|pretend) (?:that )?(?:you are|you're|to be) (?:a|an|the|my) (?:\\w+ ){0,3}${PERSON}\\b`,
    `\\b(?:act|behave|respond|grade|speak) as (?:a|an|my|the|if you (?:are|were) (?:a|an|my|the)) (?:\\w+ ){0,2}(?:${PERSON}|lenient|generous|kind)\\b`,
    "\\bpretend (?:that )?(?:this|my|the) (?:answer|response|submission)\\b",
  ]),
  ...rules("authority", [
    `\\b(?:dear|attention|note (?:to|for)|message (?:to|for|from)|instructions? (?:to|for)|hello|hey|hi|memo to)[ :,]{1,3}(?:the |all |any |my |ai |automated |kind |future )*(?:${GRADER}|professor|teacher|instructor|reviewer)s?\\b`,
    `\\b(?:the |any |this |ai )(?:${GRADER})s?\\b (?:must|should|shall|has to|is (?:instructed|asked|required|ordered|told)|are (?:instructed|asked|required|to))\\b`,
    `\\bi (?:am|'m) (?:the|your) (?:\\w+ ){0,3}(?:professor|examiner|instructor|maintainer|creator|author|administrator|admin|supervisor|grader|marker|teacher|invigilator|dean)\\b`,
    "\\b(?:trust me on|take my word for)\\b",
    "\\bi (?:hereby |can |personally |officially |do )*(?:confirm|certify|attest|authori[sz]e|declare) (?:that )?(?:this|my|full|the (?:above|answer|marks?))\\b",
    "\\b(?:reviewed|checked|verified|approved|rated|graded|confirmed|validated|certified|endorsed|marked)(?: and \\w+)? (?:this|my) (?:answer|response|submission|essay)\\b",
    "\\b(?:this|my) (?:answer|response|submission) (?:has|was|is)(?: already)?(?: been)? (?:pre-?)?(?:verified|approved|reviewed|graded|marked|scored|certified|validated|authori[sz]ed|confirmed)\\b",
    "\\b(?:authori[sz]ed|approved|instructed|ordered|mandated) by (?:the )?(?:\\w+ )?(?:examiner|exam|examination|board|professor|university|department|openai|anthropic|administrator|dean)\\b",
  ]),
  ...rules("plea", [
    "\\bif i (?:fail|do not pass|don't pass|flunk)\\b",
    "\\b(?:please|pls|plz|kindly)\\b[^.\\n]{0,30}\\b(?:be (?:kind|lenient|generous|nice|merciful|gentle|easy)|have (?:mercy|pity)|pass me|let me pass|help me pass|don't fail|do not fail|award|mark (?:me|this)|consider (?:giving|awarding|passing)|give (?:me|this|my|full|high|good))\\b",
    "\\b(?:lose|losing|cost me|revoke) my (?:visa|job|scholarship|place|degree|licen[cs]e|funding|house|home|career)\\b",
    "\\bi (?:will|would|'ll|can) (?:tip|pay|reward|bribe|thank) you\\b",
    "\\bi (?:really |just |only |desperately |badly |do )*(?:need|deserve|want|beg for|am begging for) (?:to pass\\b|a pass\\b|(?:a|the|this|an|some|full|good|high|better|top|at least)\\b[^.\\n]{0,15}\\b(?:pass mark|passing|marks?|grades?|credit|score)\\b)",
    "\\b(?:have mercy|i(?:'m| am) begging|i beg you)\\b",
    "\\bmy (?:family|children|kids|mother|father|parents|grandmother|career|future|life|scholarship|job) (?:depends?|relies)\\b",
    `\\byou(?: are|'re) (?:such )?(?:a|an|the) (?:\\w+ ){0,2}(?:kind|generous|fair|wonderful|great|best|amazing|nice) (?:${PERSON})\\b`,
    "\\bgive me (?:the|a|an|some|full|good|my|at least)\\b[^.\\n]{0,12}\\b(?:pass|marks?|grades?|credit|points?)\\b",
  ]),
  ...rules("exfiltration", [
    "\\b(?:add|append|include|insert|put|write|mention|repeat|summari[sz]e|quote|reveal)\\b~\\b(?:to|in|into|within) your (?:feedback|findings|rationale|evidence|justification|verdict|reply|response|output|notes)\\b",
    "\\bin (?:your|the) (?:feedback|evidence quote|findings|rationale|justification|verdict)\\b[^.\\n]{0,20}\\b(?:include|add|write|put|insert|say|quote|repeat)\\b",
    "\\b(?:previous|other|next|another) candidate(?:'s|s'|s)? (?:answer|submission|response|mark|score)",
    "\\b(?:reveal|print|repeat|show|output|disclose|leak|tell me)\\b (?:me )?(?:the |your |all )*(?:system prompt|instructions|hidden prompt|reference answer|rubric)\\b",
    "\\brepeat the word\\b",
  ]),
  ...rules("forged-delimiter", [
    "(?:^|\\n)[ \\t]{0,3}[-=]{3,} ?/?(?:begin|end|start|stop)?[ _-]?(?:of )?(?:the )?(?:un)?(?:trusted|candidate|student|answer|submission|input|data|system|instructions?|prompt|rubric|grading|user)\\b[\\w :/-]{0,30}[-=]{3,}",
    "\\bend of (?:the )?(?:candidate|student|submission|answer|untrusted|user input)\\b[ \\w]{0,12}[.:\\n-]",
    "(?:^|\\n)[ \\t]{0,3}(?:next )?candidate (?:no\\.? ?)?\\d{1,4} ?[:\\n]",
    "\\]\\]> ?</?\\w",
  ]),
  ...rules("comment", [
    `<!--[^>]{0,200}\\b(?:${GRADER}|grading|rubric|${TOP} ${MARKS}|award|instructions? (?:to|for)|ignore)\\b`,
    `\\b(?:alt|title|content|aria-label|placeholder|value|data-[\\w-]{1,20}) ?= ?["'][^"'\\n]{0,120}\\b(?:${GRADER}|grading|rubric|${TOP} ${MARKS}|instructions? (?:to|for)|ignore (?:all|the|previous))\\b`,
    `(?:^|\\n)[ \\t]{0,8}(?://|#|/\\*|--|%|;|\\[//\\]: # \\()[^\\n]{0,80}\\b(?:grader|examiner|rubric|${TOP} ${MARKS}|award (?:full|all|the))\\b`,
  ]),
];
