<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- What all parts of the page say alike: times, names, links, counts.  Included by report.xsl. -->
<xsl:stylesheet version="1.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:w="urn:wmsdiff:report:1"
                xmlns:d="http://www.forensicswiki.org/wiki/Category:Digital_Forensics_XML"
                xmlns:r="http://www.forensicswiki.org/wiki/RegXML"
                xmlns:delta="http://www.forensicswiki.org/wiki/Forensic_Disk_Differencing"
                xmlns:page="urn:wmsdiff:page"
                exclude-result-prefixes="w d r delta page">

 <xsl:template name="words">
  <xsl:param name="code"/>
  <xsl:value-of select="translate($code, '_', ' ')"/>
 </xsl:template>

 <!-- "1 profile", "2 profiles" -->
 <xsl:template name="many">
  <xsl:param name="n"/>
  <xsl:param name="of"/>
  <xsl:value-of select="$n"/>
  <xsl:text> </xsl:text>
  <xsl:value-of select="$of"/>
  <xsl:if test="$n != 1">s</xsl:if>
 </xsl:template>

 <!-- Of whom something is, where the report has several subjects. -->
 <xsl:template name="whose">
  <xsl:if test="$several">
   <xsl:text> </xsl:text>
   <span class="dim">– <bdi><xsl:value-of select="ancestor-or-self::w:series/@subject"/></bdi></span>
  </xsl:if>
 </xsl:template>

 <!-- "1 key, 2 values" -->
 <xsl:template name="keys_values">
  <xsl:call-template name="many">
   <xsl:with-param name="n" select="@keys"/>
   <xsl:with-param name="of" select="'key'"/>
  </xsl:call-template>
  <xsl:text>, </xsl:text>
  <xsl:call-template name="many">
   <xsl:with-param name="n" select="@values"/>
   <xsl:with-param name="of" select="'value'"/>
  </xsl:call-template>
 </xsl:template>

 <!-- To the second, for reading. -->
 <xsl:template name="time">
  <xsl:param name="at"/>
  <xsl:choose>
   <xsl:when test="string-length($at) &gt; 18">
    <time datetime="{substring($at, 1, 19)}Z">
     <xsl:value-of select="substring($at, 1, 10)"/>
     <xsl:text> </xsl:text>
     <xsl:value-of select="substring($at, 12, 8)"/>
     <xsl:text> UTC</xsl:text>
    </time>
    <xsl:call-template name="local"><xsl:with-param name="at" select="$at"/></xsl:call-template>
   </xsl:when>
   <xsl:otherwise>no time</xsl:otherwise>
  </xsl:choose>
 </xsl:template>

 <!-- Local time beside UTC, where the report tells a zone and it tells of that time. -->
 <xsl:template name="local">
  <xsl:param name="at"/>
  <xsl:if test="/w:report/w:time_zone/w:offset">
   <xsl:variable name="local" select="page:local(string($at))"/>
   <xsl:if test="$local">
    <xsl:text> </xsl:text>
    <span class="dim local">(<xsl:value-of select="$local"/>)</span>
   </xsl:if>
  </xsl:if>
 </xsl:template>

 <!-- To the tick, for checking. -->
 <xsl:template name="exact">
  <xsl:param name="at"/>
  <span class="mono exact">
   <xsl:value-of select="translate($at, 'TZ', ' ')"/>
   <xsl:if test="$at"> UTC</xsl:if>
  </span>
 </xsl:template>

 <!-- Text of the evidence: what its letters do to the order ends with it. -->
 <xsl:template name="name">
  <xsl:param name="text"/>
  <xsl:choose>
   <xsl:when test="string($text) = ''"><span class="dim">(name lost)</span></xsl:when>
   <xsl:otherwise><bdi><xsl:value-of select="$text"/></bdi></xsl:otherwise>
  </xsl:choose>
 </xsl:template>

 <!-- Advice: an option is not torn apart at its hyphens. -->
 <xsl:template name="options">
  <xsl:param name="text"/>
  <xsl:variable name="option" select="substring-before(concat(substring-after($text, ' --'), ' '), ' ')"/>
  <xsl:choose>
   <xsl:when test="contains($text, ' --') and string-length($option) &lt; 24">
    <xsl:value-of select="concat(substring-before($text, ' --'), ' ')"/>
    <span class="option"><xsl:value-of select="concat('--', $option)"/></span>
    <xsl:call-template name="options">
     <xsl:with-param name="text" select="substring-after($text, concat(' --', $option))"/>
    </xsl:call-template>
   </xsl:when>
   <xsl:otherwise><xsl:value-of select="$text"/></xsl:otherwise>
  </xsl:choose>
 </xsl:template>

 <xsl:template name="link">
  <xsl:param name="to"/>
  <xsl:param name="text" select="$to"/>
  <xsl:choose>
   <xsl:when test="$to and key('id', $to)">
    <a href="#{$to}"><bdi><xsl:value-of select="$text"/></bdi></a>
   </xsl:when>
   <xsl:otherwise><bdi><xsl:value-of select="$text"/></bdi></xsl:otherwise>
  </xsl:choose>
 </xsl:template>

 <xsl:template name="file_of">
  <xsl:param name="input"/>
  <xsl:call-template name="link">
   <xsl:with-param name="to" select="$input"/>
   <xsl:with-param name="text" select="key('id', $input)/d:fileobject/d:filename"/>
  </xsl:call-template>
 </xsl:template>

 <!-- A word with a sign, so that colour is never all that tells. -->
 <xsl:template name="badge">
  <xsl:param name="word"/>
  <xsl:variable name="class">
   <xsl:choose>
    <xsl:when test="contains('|deleted|other_hive|store_removed|recreated|error|not_met|gone|refused|differ|damaged|affected|', concat('|', $word, '|'))">bad</xsl:when>
    <xsl:when test="contains('|certain|whole|met|supported|written|ok|clean|agree|added|applied|fixed|', concat('|', $word, '|'))">good</xsl:when>
    <xsl:when test="contains('|possible|probable|partial|warning|unknown|modified|moved|renamed|dirty|left_out|unresolved|default_changed|', concat('|', $word, '|'))">warn</xsl:when>
    <xsl:otherwise>plain</xsl:otherwise>
   </xsl:choose>
  </xsl:variable>
  <span class="badge {$class}">
   <span aria-hidden="true">
    <xsl:choose>
     <xsl:when test="$word = 'added'">+ </xsl:when>
     <xsl:when test="$class = 'bad'">✕ </xsl:when>
     <xsl:when test="$class = 'good'">✓ </xsl:when>
     <xsl:when test="$word = 'unknown'">? </xsl:when>
     <xsl:when test="$class = 'warn'">△ </xsl:when>
     <xsl:otherwise>· </xsl:otherwise>
    </xsl:choose>
   </span>
   <xsl:call-template name="words"><xsl:with-param name="code" select="$word"/></xsl:call-template>
  </span>
 </xsl:template>

 <xsl:template name="left_out">
  <xsl:if test="@left_out">
   <p class="cut">
    <xsl:value-of select="@left_out"/>
    <xsl:text> more stand here in the XML report; the page leaves them out to stay readable.</xsl:text>
   </p>
  </xsl:if>
 </xsl:template>

 <xsl:template name="more">
  <xsl:param name="n"/>
  <xsl:param name="shown"/>
  <xsl:if test="$n &gt; $shown">
   <p class="cut">
    <xsl:text>Shown are </xsl:text>
    <xsl:value-of select="$shown"/>
    <xsl:text> of </xsl:text>
    <xsl:value-of select="$n"/>
    <xsl:text>; the XML report has them all.</xsl:text>
   </p>
  </xsl:if>
 </xsl:template>

 <!-- Where not every loss was kept, the numbers are of those that were. -->
 <xsl:template name="counted">
  <xsl:if test="count($lost) != $sum/@deleted + sum($sum/@other_hive)">
   <p class="cut">
    <xsl:text>Counted here are the first </xsl:text>
    <xsl:value-of select="count($lost)"/>
    <xsl:text> of </xsl:text>
    <xsl:value-of select="$sum/@deleted + sum($sum/@other_hive)"/>
    <xsl:text>; the XML report has them all.</xsl:text>
   </p>
  </xsl:if>
 </xsl:template>

 <xsl:template name="list_name">
  <xsl:param name="list"/>
  <xsl:param name="path"/>
  <xsl:choose>
   <xsl:when test="$list = 'profiles'">Profiles</xsl:when>
   <xsl:when test="$list = 'deleted_profiles'">Deleted Profiles</xsl:when>
   <xsl:otherwise>a list that is not known</xsl:otherwise>
  </xsl:choose>
  <xsl:choose>
   <xsl:when test="contains($path, '\Office\')"> of Office</xsl:when>
   <xsl:when test="contains($path, 'Windows Messaging Subsystem')"> of Windows Messaging Subsystem</xsl:when>
  </xsl:choose>
 </xsl:template>
</xsl:stylesheet>
