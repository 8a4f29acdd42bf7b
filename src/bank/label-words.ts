/*
 * The words by which banks name questions, answers and what is missing, in the languages of the banks we know. All are
 * inserted into larger patterns.
 */

/** The word before a question. */
export const QUESTION_WORD =
  "(?:Question|Frage|Pregunta|Pergunta|Questão|Domanda|Вопрос|Питання|Soru|Pytanie|Vraag|Pertanyaan|Întrebare(?:a)?|Fråga|" +
  "Spørgsmål|Spørsmål|Kysymys|Ερώτηση|Câu hỏi|Câu|问题|問題|質問|題目|题目|질문|문제|คำถาม|السؤال|سؤال|सवाल|प्रश्न)";

const SOLUTION =
  "Solution|Sol|Soln|Lösung|Solución|Solução|Soluzione|Решение|Розв'язок|Çözüm|Lời giải|풀이|الحل|समाधान";
const ANSWER =
  "(?:Model |Sample |Suggested |Short |Correct |Right |Expected |Possible |Your |My )?Answers?|Ans|Réponse|Antwort|Respuesta|" +
  "Resposta|Risposta|Antwoord|Odpowiedź|Răspuns|Ответ|Відповідь|Cevap|Yanıt|Jawaban|Trả lời|Đáp án|参考答案|答案|答え|回答|解答|" +
  "答|정답|모범 답안|답안|답변|답|คำตอบ|الإجابة|الاجابة|الجواب|إجابة|پاسخ|उत्तर|जवाब|Përgjigja|Përgjigje|Odgovor|Svar|Vastaus|Απάντηση";
/** The word before an answer. */
export const ANSWER_WORD = `(?:${ANSWER}|${SOLUTION})`;
/** As {@link ANSWER_WORD}, but without what may head a part of an answer as well. */
export const PLAIN_ANSWER_WORD = `(?:${ANSWER})`;

/** Whole texts that stand for a missing answer, in English. */
const MISSING_IN_ENGLISH: readonly string[] = [
  "(?:(?:the |this |an )?(?:answer|solution) )?(?:is |has |still |needs )?(?:to be|will be|not been|not yet|needs to be) (?:filled|added|answered|written|completed|provided|determined|updated|done)(?: in)?(?: here| later| soon| yet)?",
  "to-?\\s?do(?:\\s*[:–—-]?\\s*(?:(?:please )?(?:add|write|fill in|insert|provide|complete)(?: an?| the| your)?)?\\s*(?:answers?|solution|explanation|content)?(?: here)?)?",
  "tbd|tba|tbc|wip|fixme|work in progress|coming soon|under construction|unanswered|not answered(?: yet)?|no answer(?: yet)?",
  "(?:(?:please )?(?:add|write|put|insert|type|enter|provide|fill in)\\s)?(?:an? |the |your )?(?:answer|solution|text)s?(?: goes)? here",
  "(?:please )?(?:add|write|insert|provide) (?:an? |the |your )?(?:answer|solution)",
  "(?:answers?|solution)(?: is| are)? (?:coming soon|coming|pending|missing|needed|required|wanted|tbd|todo|to follow|placeholder|not available(?: yet)?)",
  "fill (?:me |this |it )?in(?: here)?",
];

/** The same in other languages. A word that could be an answer, such as the Spanish for both pending and slope, is none. */
const MISSING_ELSEWHERE: readonly string[] = [
  "(?:réponse )?à (?:compléter|remplir|venir|faire|rédiger)|en cours de rédaction|bientôt disponible|(?:votre |la )?réponse ici|sans réponse",
  "(?:Antwort|Lösung) (?:folgt|fehlt|steht aus|ausstehend)(?: noch| in Kürze)?|folgt noch|kommt noch|noch (?:zu beantworten|nicht beantwortet|unbeantwortet|auszufüllen|zu ergänzen)|wird noch (?:ergänzt|beantwortet)|(?:(?:deine|ihre|die) )?Antwort hier(?: eintragen| einfügen)?",
  "(?:respuesta )?por (?:completar|hacer|responder|rellenar)|pendiente de (?:completar|responder)|respuesta pendiente|sin respuesta|próximamente|(?:escrib[ae] )?(?:tu |su |la )?respuesta aquí",
  "a (?:fazer|completar|preencher|responder)|por (?:fazer|preencher)|resposta pendente|em (?:breve|construção|andamento)|sem resposta|(?:sua |a )?resposta aqui",
  "da (?:completare|fare|compilare)|(?:la tua |la )?risposta qui|senza risposta|in arrivo|(?:nog )?(?:in|aan) te vullen|antwoord volgt|nog te beantwoorden|do uzupełnienia|brak odpowiedzi",
  "(?:答案|内容|解答|回答)?\\s?[待未](?:补充|補充|完善|更新|定|回答|作答|解答|填写|填寫|添加|续|完成|整理|記入|入力|作成)|暂无(?:答案|回答|解答)?|尚未(?:回答|解答|补充)|(?:请)?在此处?(?:填写|输入|作答)(?:答案)?|敬请期待|答案略",
  "(?:回答|解答|答え)?(?:は)?\\s?(?:作成中|準備中|執筆中|後で(?:記入|追記|書く)|(?:追記|記入|作成|回答)予定)|ここに(?:回答|答え|解答)(?:を(?:記入|書いて|入力)(?:する|してください|ください)?)?",
  "(?:답변?|답안|내용)?\\s?(?:작성|추가|업데이트)\\s?(?:예정|중|필요)(?:입니다)?|미작성|준비\\s?중(?:입니다)?|추후\\s?(?:작성|추가|업데이트)(?:\\s?예정)?(?:입니다)?|(?:여기에\\s)?답변?을?\\s?(?:작성|입력)(?:해\\s?주세요|하세요)?|답변 없음",
  "ответ (?:будет (?:добавлен|дополнен|позже)|появится позже|скоро будет|пока нет|отсутствует)|будет (?:добавлено|дополнено)|(?:пока )?(?:нет|без) ответа|(?:ваш |введите |напишите )?ответ здесь|(?:нужно |надо )?(?:добавить|написать|дописать) ответ|немає відповіді|буде додано",
  "(?:cevap |yanıt )?(?:(?:yakında )?eklenecek|yazılacak|doldurulacak|tamamlanacak|güncellenecek|hazırlanıyor|bekleniyor)|yapılacak|cevap yok|cevab(?:ı|ınızı) buraya(?: yaz(?:ın|ınız)?)?",
  "(?:câu trả lời )?(?:đang (?:cập nhật|biên soạn|soạn)|sẽ (?:được )?(?:cập nhật|bổ sung)(?: sau)?|chưa (?:có câu trả lời|có đáp án|trả lời|cập nhật)|cập nhật sau|cần bổ sung)|belum (?:dijawab|ada jawaban|diisi)|segera hadir|akan (?:diisi|ditambahkan)",
  "(?:الإجابة )?سيتم (?:إضافتها|إضافته|الإضافة|إضافة الإجابة|الرد)(?: (?:لاحقا|لاحقًا|قريبا|قريبًا))?|لم يتم الرد|اكتب (?:الإجابة|إجابتك) هنا|بدون إجابة",
  "(?:उत्तर )?(?:जल्द(?: ही)? (?:आएगा|जोड़ा जाएगा)|जोड़ा जाना है|बाकी है|(?:अपना उत्तर )?यह[ाँां]{1,2} लिखें)",
];
export const MISSING = [...MISSING_IN_ENGLISH, ...MISSING_ELSEWHERE].join("|");

/** Words that stand for a missing answer only between brackets or emphasis; alone they could be an answer. */
export const MISSING_IN_BRACKETS =
  "pending|placeholder|empty|blank|none|answer|your answer|pendiente|pendente|в процессе|قريبا|略|未定";
