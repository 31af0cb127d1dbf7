/* The questions and further pages, in the order in which they are shown. */
#include "feat/evaluation/parts.h"

const struct evaluation_part *const evaluation_parts[] = {
    &part_question_1,
    &part_question_2,
    &part_question_3,
    &part_question_4,
    &part_question_5,
    &part_question_6,
    &part_recommendations,
    &part_lessons,
    &part_commitments,
    &part_case_selection,
    &part_data_quality,
    NULL,
};
