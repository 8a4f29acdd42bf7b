import { rules, type ScreenRule } from "./screen-rules.ts";

/** The same in other languages, fewer: to set aside the instructions, and to give the best mark. */
export const OTHER_LANGUAGES: readonly ScreenRule[] = [
  ...rules("override", [
    "\\b(?:ignora|ignore|ignorad|olvida|olvide|desestima|omite|no sigas)\\b~\\b(?:instrucciones|indicaciones|rubrica|reglas|criterios)\\b",
    "\\b(?:ignore|ignorez|ignorer|oublie|oubliez|ne tiens pas compte|ne tenez pas compte)\\b~\\b(?:instructions|consignes|regles|bareme|grille)\\b",
    "\\b(?:ignoriere|ignorieren sie|vergiss|vergessen sie|missachte|uberspringe)\\b~\\b(?:anweisung(?:en)?|vorgaben|regeln|bewertungs\\w{0,20}|rubrik|musterlosung|instruktionen)\\b",
    "\\b(?:ignore|ignora|esqueca|desconsidere|desconsidera)\\b~\\b(?:instrucoes|orientacoes|regras|rubrica|criterios)\\b",
    "\\b(?:ignora|ignorate|dimentica|dimenticate)\\b~\\b(?:istruzioni|regole|rubrica|criteri)\\b",
    "\\b(?:negeer|vergeet)\\b~\\b(?:instructies|aanwijzingen|regels|rubriek)\\b",
    "\\b(?:zignoruj|zapomnij)\\b~\\b(?:instrukcj\\w{1,3}|polecen\\w{1,3}|zasad\\w{0,3})",
    "(?:игнорируй|проигнорируй|забудь|не обращай внимания)(?:те)?[^.!?\\n]{0,40}(?:инструкци|указани|правил|критери|рубрик)",
    "(?:忽略|无视|忘记|不要理会|無視して)[^。！？\\n]{0,16}(?:指令|指示|说明|要求|规则|提示|评分|标准|以上|之前|前面)",
    "(?:指示|命令|ルール|採点基準|上記)[^。！？\\n]{0,12}(?:無視|忘れ)",
    "(?:지시|명령|규칙|기준|위의)[^.\\n]{0,16}(?:무시|잊어)",
    "(?:تجاهل|انس)[^.\\n]{0,30}(?:التعليمات|القواعد|المعايير)",
    "(?:निर्देश|नियम)[^।\\n]{0,20}(?:अनदेखा|नजरअंदाज|भूल)",
    "\\b(?:onceki|yukaridaki|tum)\\b~\\b(?:talimat|kural)\\w{0,8}\\b~\\b(?:yok say|unut|gormezden)",
  ]),
  ...rules("score-demand", [
    "\\b(?:(?:nota|puntuacion|calificacion|puntaje) (?:maxima|maximo|perfecta|mas alta)|maxima (?:nota|puntuacion|calificacion)|todos los puntos|puntaje completo|credito completo)\\b",
    "\\b(?:note (?:maximale|maximum|parfaite|la plus (?:haute|elevee))|meilleure note|tous les points|score maximal|totalite des points)\\b",
    "\\b(?:bestnote|hochstnote|volle (?:punktzahl|punkte)|hochstpunktzahl|maximale punktzahl|alle punkte|(?:hochste|beste|maximale)n? (?:note|bewertung|punktzahl))\\b",
    "\\b(?:nota maxima|pontuacao maxima|maxima (?:nota|pontuacao)|todos os pontos|nota 10|nota dez)\\b",
    "\\b(?:voto massimo|massimo dei voti|punteggio (?:massimo|pieno)|pieni voti)\\b",
    "\\b(?:volle punten|maximale (?:score|punten|cijfer)|hoogste (?:score|cijfer))\\b",
    "\\b(?:maksymaln\\w{1,3} (?:liczb\\w{1,2} punktow|ocen\\w{1,2}|wynik)|najwyzsz\\w{1,2} ocen\\w{1,2})",
    "(?:максимальн|высш|наивысш|полн)[а-я]{1,4} (?:балл|оценк|количество баллов)|(?:поставь|оцени)(?:те)?[^.!?\\n]{0,30}(?:пять|отлично|максимум|5|10)",
    "满分|滿分|最高分|(?:给|給|打)[^。！？\\n]{0,12}(?:高分|最高|满|5分|10分|100分)",
    "満点|最高(?:点|得点|評価|スコア)",
    "만점|최고 ?점수|최고점",
    "الدرجة (?:الكاملة|القصوى|النهائية)|العلامة (?:الكاملة|القصوى)",
    "(?:पूरे|पूर्ण|अधिकतम) अंक",
    "\\b(?:tam puan|en yuksek (?:puan|not)\\w{0,3})\\b",
  ]),
];
